# Quorate in a container. The distribution is built first, outside: ./quorate --version
ARG BASE=eclipse-temurin:25-jre
FROM ${BASE}

# glibc is needed by RocksDB; curl by the health check.
RUN command -v curl >/dev/null || (apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*)
RUN groupadd --system --gid 10001 quorate \
    && useradd --system --uid 10001 --gid quorate --home-dir /app --shell /usr/sbin/nologin quorate \
    && mkdir -p /app/data && chown -R quorate:quorate /app

COPY cli/target/dist /opt/quorate

# Quicker starts: an archive of the classes that a start needs, made by the JVM that will use it. A start does without.
RUN rm -f /opt/quorate/lib/quorate.jsa \
    && (QUORATE_JAVA_OPTS="-XX:ArchiveClassesAtExit=/tmp/quorate.jsa" /opt/quorate/bin/quorate up --until-ready \
        --workers 3 --data /tmp/rehearsal >/tmp/rehearsal.log 2>&1 && mv /tmp/quorate.jsa /opt/quorate/lib/ || true) \
    && rm -rf /tmp/rehearsal /tmp/rehearsal.log /tmp/quorate.jsa

# A named volume that is mounted here takes over the owner.
VOLUME /app/data
WORKDIR /app
USER quorate
ENV QUORATE_IMAGE=1 \
    HOST=0.0.0.0 \
    DATA_DIR=/app/data \
    QUORATE_JAVA_OPTS="-XX:+UseSerialGC -XX:MaxRAMPercentage=60"

HEALTHCHECK --interval=5s --timeout=2s --start-period=20s --retries=3 \
    CMD curl -fsS "http://127.0.0.1:${PORT:-8000}/livez" || exit 1

ENTRYPOINT ["/opt/quorate/bin/quorate"]
CMD ["controller"]
