package dev.dray.domain.worker;

import dev.dray.model.ErrorSource;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.Reply;

/// How a request ends at the door, without being admitted.
///
/// @param outcome what becomes of it; booked where its signature verified
/// @param reason  for a person: why it was refused; empty where it was served
/// @param source  who is to blame where it was refused
record FinalReply(Reply reply, Outcome outcome, String reason, ErrorSource source) implements Checks.Decided {
    /// What a client asked is answered, or refused because of how it asked.
    FinalReply(Reply reply, Outcome outcome, String reason) {
        this(reply, outcome, reason, ErrorSource.CLIENT);
    }
}
