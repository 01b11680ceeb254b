package dev.dray.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.PlatformReference;
import dev.dray.model.SessionSecret;
import dev.dray.port.outbound.SessionOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final Instant CREATED = Instant.parse("2026-11-23T12:00:00Z");

    // Readings of the ticker may wrap at any time.
    private static final long OPENED = Long.MAX_VALUE - 5;

    @Test
    void livesForItsLifetime() {
        Session session = session(Duration.ofSeconds(60));

        assertThat(session.isDue(after(59))).isFalse();
        assertThat(session.remaining(after(59))).isEqualTo(Duration.ofSeconds(1));
        assertThat(session.isDue(after(60))).isTrue();
        assertThat(session.remaining(after(61))).isZero();
        assertThat(session.view().expiresAt()).isEqualTo(CREATED.plusSeconds(60));
    }

    @Test
    void eachRequestAddsTheLifetimeToWhatIsLeft() {
        Session session = session(Duration.ofSeconds(60));

        session.extend();
        session.extend();

        assertThat(session.view().expiresAt()).isEqualTo(CREATED.plusSeconds(180));
        assertThat(session.isDue(after(179))).isFalse();
        assertThat(session.isDue(after(180))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -1_000_000, Long.MIN_VALUE})
    void isExpiredAtOnceWithoutALifetime(long seconds) {
        Session session = session(Duration.ofSeconds(seconds));
        session.extend();

        assertThat(session.isDue(OPENED)).isTrue();
        assertThat(session.remaining(OPENED)).isZero();
    }

    @Test
    void livesAHundredYearsAtMost() {
        Session session = session(Duration.ofSeconds(Long.MAX_VALUE));
        for (int i = 0; i < 10; i++) {
            session.extend();
        }

        assertThat(session.remaining(OPENED)).isEqualTo(Session.LONGEST);
        assertThat(session.view().expiresAt()).isEqualTo(CREATED.plus(Session.LONGEST));
        assertThat(session.isDue(OPENED)).isFalse();
    }

    @Test
    void drawsNamesOfThirteenLettersAndDigits() {
        var random = new SplittableRandom(7);
        Set<String> seen = new HashSet<>();
        Set<Integer> letters = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String id = SessionIds.draw(random);
            assertThat(id).matches("[A-Za-z0-9]{13}");
            id.chars().forEach(letters::add);
            assertThat(seen.add(id)).isTrue();
        }
        assertThat(letters).hasSize(62);
    }

    @Test
    void registersAsManyAsItMayAndForgetsThemInTwoSteps() {
        var register = new SessionRegister<String>(OptionalInt.of(1));
        register.add("a", "first");
        assertThat(register.isFull()).isTrue();
        assertThatThrownBy(() -> register.add("b", "second")).isInstanceOf(IllegalStateException.class);

        assertThat(register.beginClosing("a")).isTrue();
        assertThat(register.beginClosing("a")).isFalse();
        assertThat(register.open("a")).isEmpty();
        assertThat(register.closing("a")).contains("first");
        assertThat(register.isFull()).isFalse();
        assertThat(register.isTaken("a")).isTrue();

        assertThat(register.closed("a")).isTrue();
        assertThat(register.closed("a")).isFalse();
        assertThat(register.isTaken("a")).isFalse();
    }

    @Test
    void registersAnyNumberWithoutALimit() {
        var register = new SessionRegister<Integer>(OptionalInt.empty());
        for (int i = 0; i < 1_000; i++) {
            register.add("s" + i, i);
        }
        assertThat(register.isFull()).isFalse();
        assertThat(register.allOpen()).hasSize(1_000);
        assertThat(new SessionRegister<Integer>(OptionalInt.of(0)).isFull()).isTrue();
    }

    private static Session session(Duration lifetime) {
        var order = new SessionOrder(
                new PlatformReference() {}, SessionSecret.of(new byte[] {1}), 5, lifetime, Optional.empty());
        return new Session("id", order, CREATED, OPENED);
    }

    private static long after(long seconds) {
        return OPENED + seconds * 1_000_000_000;
    }
}
