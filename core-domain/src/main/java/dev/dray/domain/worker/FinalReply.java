package dev.dray.domain.worker;

import dev.dray.model.Outcome;
import dev.dray.port.exchange.Reply;

/// How a request ends at the door, without being admitted.
///
/// @param outcome what becomes of it; booked where its signature verified
/// @param reason  for a person: why it was refused; empty where it was served
record FinalReply(Reply reply, Outcome outcome, String reason) implements Checks.Decided {}
