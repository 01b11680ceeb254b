package dev.dray.app.planner;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of a plan. Times are seconds.
///
/// @param order       what was asked
/// @param total       over all routes
/// @param byRoute     the same for each route
/// @param utilisation share of the time that slots of model servers were at work while requests came
/// @param waits       of each request, in order of arrival, until a model server began; negative for one sent away
/// @param moments     how it stood at equal distances of time while requests came
public record PlanReport(
        PlanOrder order,
        Figures total,
        Map<String, Figures> byRoute,
        double utilisation,
        List<Double> waits,
        List<Moment> moments) {
    /// How it stood at a moment.
    ///
    /// @param at      since the beginning
    /// @param waiting requests that waited, at all workers together
    /// @param busy    requests that were worked on
    public record Moment(double at, int waiting, int busy) {}

    /// What became of some requests.
    ///
    /// @param requests that came
    /// @param units    that they cost together
    /// @param served   to the end
    /// @param shed     sent away at once, for the estimated wait was too long
    /// @param expelled sent away after they had waited too long
    /// @param waited   from arrival until a model server began; of those served
    /// @param latency  from arrival to the end; of those served
    public record Figures(
            long requests, double units, long served, long shed, long expelled, Times waited, Times latency) {
        /// Share of the requests that were sent away.
        public double shedShare() {
            return requests == 0 ? 0 : (double) (shed + expelled) / requests;
        }
    }

    /// How long something took. All values are 0 where it never happened.
    ///
    /// @param sorted each single time, ascending
    public record Times(double mean, double p50, double p90, double p95, double p99, double max, List<Double> sorted) {
        static Times of(double[] all) {
            Arrays.sort(all);
            double mean = Arrays.stream(all).average().orElse(0);
            List<Double> sorted = Arrays.stream(all).boxed().toList();
            return new Times(mean, at(all, 0.5), at(all, 0.9), at(all, 0.95), at(all, 0.99), at(all, 1), sorted);
        }

        // The smallest that so many are not above.
        private static double at(double[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    static PlanReport of(PlanOrder order, List<PlannedRequest> requests, double utilisation, List<Moment> moments) {
        var routes = new TreeMap<String, Figures>();
        requests.stream()
                .map(request -> request.arrival().route())
                .distinct()
                .forEach(route -> routes.put(
                        route,
                        figures(requests.stream()
                                .filter(one -> one.arrival().route().equals(route))
                                .toList())));
        List<Double> waits = requests.stream()
                .map(one -> one.isServed() ? one.waitSeconds() : -1.0)
                .toList();
        return new PlanReport(order, figures(requests), routes, utilisation, waits, List.copyOf(moments));
    }

    private static Figures figures(List<PlannedRequest> requests) {
        List<PlannedRequest> served =
                requests.stream().filter(PlannedRequest::isServed).toList();
        long expelled = requests.stream().filter(PlannedRequest::isExpelled).count();
        return new Figures(
                requests.size(),
                requests.stream().mapToDouble(one -> one.arrival().units()).sum(),
                served.size(),
                requests.size() - served.size() - expelled,
                expelled,
                Times.of(
                        served.stream().mapToDouble(PlannedRequest::waitSeconds).toArray()),
                Times.of(served.stream()
                        .mapToDouble(PlannedRequest::totalSeconds)
                        .toArray()));
    }
}
