package dev.dray.spi;

/// Makes another answer of the model server's: the client gets what the mapper returns.
///
/// Only for answers that are no streams: the answer is held until its last byte has come, and one longer
/// than `limits.body` is a failure of the model server (502).
///
/// @since 1.0
@FunctionalInterface
public interface AnswerMapper {
    /// Maps one answer, whatever its status. Called on the request's own thread, many at once; it must
    /// return within the plugin time limit. Outcome and accounting follow the model server's own status.
    ///
    /// @return never null; what stands in its `Content-Length` is replaced
    /// @throws Exception is answered 500 and names the plugin
    ModelAnswer map(ModelAnswer answer) throws Exception;
}
