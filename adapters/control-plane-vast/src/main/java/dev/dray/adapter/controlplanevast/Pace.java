package dev.dray.adapter.controlplanevast;

import java.time.Duration;

/// How often, how long and how many times the platform is spoken to.
///
/// @param timeOut      of one request to the platform
/// @param attempts     at one address before the next one is tried
/// @param attemptPause between two attempts at one address
/// @param firstAgain   least time before the first address is tried again, while another one answers
/// @param idle         between reports while nothing changes
/// @param changed      least time between reports that tell of load, and between deliveries
/// @param urgent       least time between reports that tell of readiness
/// @param keyPause     after the first failed fetch of the key; doubles up to `keyPauseMax`
/// @param keyPauseMax  longest pause between fetches of a key that is missing
/// @param keyAgain     least time between fetches because a signature failed
record Pace(
        Duration timeOut,
        int attempts,
        Duration attemptPause,
        Duration firstAgain,
        Duration idle,
        Duration changed,
        Duration urgent,
        Duration keyPause,
        Duration keyPauseMax,
        Duration keyAgain) {
    /// The reference worker's figures, as far as it has them.
    static final Pace PLATFORM = new Pace(
            Duration.ofSeconds(10),
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
}
