package dev.dray.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebtsTest {
    private final Debts debts = new Debts();
    private final List<String> broken = new ArrayList<>();

    @Test
    void areSettledByWhatBecameOfARequest() {
        debts.open("1");
        debts.ended("1", Outcome.SERVED);
        debts.ended("2", Outcome.EXPELLED);

        pay(
                "{\"requests\": [{\"request_idx\": 1, \"status\": \"Success\"}, {\"request_idx\": 2, \"status\": \"Rejected\"}]}");
        debts.checkEnd(this::note);

        assertThat(broken).isEmpty();
    }

    @Test
    void arePaidOnce() {
        debts.ended("1", Outcome.SERVED);
        pay("{\"requests\": [{\"request_idx\": 1, \"status\": \"Success\"}]}");
        pay("{\"requests\": [{\"request_idx\": 1, \"status\": \"Success\"}]}");

        assertThat(broken).singleElement().asString().contains("told again");
    }

    @Test
    void areNotPaidByAnotherOutcome() {
        debts.ended("1", Outcome.ERRORED);
        pay("{\"request_idxs\": [1], \"success\": true}");

        assertThat(broken).singleElement().asString().contains("was ERRORED");
    }

    @Test
    void outliveAProcessThatWasKilled() {
        debts.open("1");
        debts.killed();
        debts.checkEnd(this::note);
        assertThat(broken).singleElement().asString().contains("1 were never told");

        pay("{\"requests\": [{\"request_idx\": 1, \"status\": \"Error\"}]}");
        assertThat(broken).hasSize(1);
    }

    @Test
    void areGivenUpOnlyForWhatNoPlatformEverMade() {
        debts.ended("1", Outcome.SERVED);
        debts.ended(Autoscaler.INVENTED + "2", Outcome.SERVED);
        debts.givenUp(
                "{\"requests\": [{\"request_idx\": " + Autoscaler.INVENTED + "2, \"status\": \"Success\"}]}",
                this::note);
        assertThat(broken).isEmpty();

        debts.givenUp("{\"requests\": [{\"request_idx\": 1, \"status\": \"Success\"}]}", this::note);
        assertThat(broken).singleElement().asString().contains("was given up");
    }

    private void pay(String json) {
        debts.paid(json, this::note);
    }

    private void note(String promise, String how) {
        broken.add(promise + ": " + how);
    }
}
