package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.util.Set;
import java.util.stream.Collectors;

/** What clients are told of commands that Redis has and Quorate does not, and of those that nobody has. */
final class UnsupportedCommands {
    private static final Set<String> OF_OTHER_TYPES =
            Set.of(("BITCOUNT BITFIELD BITFIELD_RO BITOP BITPOS GETBIT SETBIT PFADD PFCOUNT PFMERGE"
                            + " HDEL HEXISTS HGET HGETALL HINCRBY HINCRBYFLOAT HKEYS HLEN HMGET HMSET HRANDFIELD HSCAN"
                            + " HSET HSETNX HSTRLEN HVALS HEXPIRE HPEXPIRE HTTL HPERSIST HGETDEL HGETEX HSETEX"
                            + " BLMOVE BLPOP BRPOP LINDEX LINSERT LLEN LMOVE LMPOP LPOP LPOS LPUSH LPUSHX LRANGE LREM"
                            + " LSET LTRIM RPOP RPOPLPUSH RPUSH RPUSHX"
                            + " SADD SCARD SDIFF SDIFFSTORE SINTER SINTERCARD SINTERSTORE SISMEMBER SMEMBERS SMISMEMBER"
                            + " SMOVE SPOP SRANDMEMBER SREM SSCAN SUNION SUNIONSTORE SORT SORT_RO"
                            + " BZMPOP BZPOPMAX BZPOPMIN ZADD ZCARD ZCOUNT ZDIFF ZINCRBY ZINTER ZLEXCOUNT ZMPOP ZMSCORE"
                            + " ZPOPMAX ZPOPMIN ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANGESTORE ZRANK ZREM"
                            + " ZREMRANGEBYRANK ZREMRANGEBYSCORE ZREVRANGE ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE ZUNION"
                            + " GEOADD GEODIST GEOHASH GEOPOS GEORADIUS GEOSEARCH GEOSEARCHSTORE"
                            + " XACK XADD XAUTOCLAIM XCLAIM XDEL XGROUP XINFO XLEN XPENDING XRANGE XREAD XREADGROUP"
                            + " XREVRANGE XTRIM")
                    .split(" "));

    private static final Set<String> OF_OTHER_PURPOSES = Set.of(
            ("ACL BGREWRITEAOF BGSAVE CLUSTER COPY DEBUG DUMP EVAL EVALSHA EVAL_RO EVALSHA_RO FAILOVER FCALL FUNCTION"
                            + " LATENCY LCS MEMORY MIGRATE MODULE MONITOR MOVE OBJECT PSUBSCRIBE PSYNC PUBLISH PUBSUB"
                            + " PUNSUBSCRIBE READONLY READWRITE RENAME RENAMENX REPLICAOF RESTORE ROLE SAVE SCRIPT"
                            + " SHUTDOWN SLAVEOF SLOWLOG SPUBLISH SSUBSCRIBE SUBSCRIBE SUBSTR SUNSUBSCRIBE SWAPDB SYNC"
                            + " UNSUBSCRIBE WAITAOF")
                    .split(" "));

    private static final Set<String> FLUSHES = Set.of("FLUSHALL", "FLUSHDB");
    private static final int MAX_SHOWN = 128;

    private UnsupportedCommands() {}

    /** What is told of a command that is not in the table. */
    static String told(Arguments arguments) {
        String name = arguments.word(0);
        if (OF_OTHER_TYPES.contains(name)) {
            return "ERR " + name + " is not supported: Quorate keeps strings only";
        }
        if (OF_OTHER_PURPOSES.contains(name)) {
            return "ERR " + name + " is not supported by Quorate; docs/redis.md has what is";
        }
        if (FLUSHES.contains(name)) {
            return "ERR " + name + " is not supported yet: delete by prefix with DELETE /kv?prefix=…&confirm=yes";
        }
        String rest = arguments.from(1).stream()
                .map(each -> "'" + Errors.shown(each) + "' ")
                .collect(Collectors.joining());
        return "ERR unknown command '" + shown(arguments.at(0)) + "', with args beginning with: "
                + (rest.length() > MAX_SHOWN ? rest.substring(0, MAX_SHOWN) : rest);
    }

    private static String shown(Bytes name) {
        return Errors.shown(name);
    }
}
