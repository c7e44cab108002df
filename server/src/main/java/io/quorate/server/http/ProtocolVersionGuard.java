package io.quorate.server.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Marks a request of an unknown protocol version as malformed, so that it is answered like other malformed ones; the
 * server would answer 501 without a body.
 */
@ChannelHandler.Sharable
final class ProtocolVersionGuard extends ChannelInboundHandlerAdapter {
    private static final ProtocolVersionGuard INSTANCE = new ProtocolVersionGuard();

    private ProtocolVersionGuard() {}

    static void install(ChannelPipeline pipeline) {
        pipeline.addAfter("httpDecoder", "protocolVersionGuard", INSTANCE);
    }

    /** The server knows these two by identity, so that an equal version of another spelling is unknown to it. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request
                && request.protocolVersion() != HttpVersion.HTTP_1_1
                && request.protocolVersion() != HttpVersion.HTTP_1_0) {
            if (request.decoderResult().isSuccess()) {
                request.setDecoderResult(DecoderResult.failure(
                        new IllegalArgumentException("protocol version " + request.protocolVersion())));
            }
            // The answer takes the request's version, and is to be one that is known.
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
        context.fireChannelRead(message);
    }
}
