package dev.dray.app.planner;

/// Mean waits that queueing theory knows exactly, for Poisson arrivals, one queue in order of arrival and nobody shed.
///
/// [1] A. K. Erlang, Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone
/// Exchanges, 1917: the delay formula, Erlang C.
/// [2] F. Pollaczek 1930, A. Khinchine 1932: the mean wait before one server with any distribution of service times.
public final class QueueTheory {
    private QueueTheory() {}

    /// Mean wait of M/M/c, in seconds: `C(c, a) / (c μ − λ)` with the offered load `a = λ / μ` [1].
    ///
    /// @param lambda  arrivals per second
    /// @param mu      services per second of one server
    /// @param servers c; 1 or more
    /// @return infinite where more comes than can be served
    public static double erlangWait(double lambda, double mu, int servers) {
        double free = servers * mu - lambda;
        return free <= 0 ? Double.POSITIVE_INFINITY : erlangC(lambda / mu, servers) / free;
    }

    /// Probability that a request has to wait. Erlang B by its recursion, which does not overflow; then
    /// `C = B / (1 − ρ (1 − B))`.
    public static double erlangC(double load, int servers) {
        double blocked = 1;
        for (int server = 1; server <= servers; server++) {
            blocked = load * blocked / (server + load * blocked);
        }
        return blocked / (1 - load / servers * (1 - blocked));
    }

    /// Mean wait of M/G/1, in seconds: `λ E[S²] / (2 (1 − ρ))` [2]. With equal service times that is M/D/1.
    ///
    /// @param lambda     arrivals per second
    /// @param mean       of the service time, in seconds
    /// @param meanSquare of its square
    /// @return infinite where more comes than can be served
    public static double pollaczekKhinchineWait(double lambda, double mean, double meanSquare) {
        double utilisation = lambda * mean;
        return utilisation >= 1 ? Double.POSITIVE_INFINITY : lambda * meanSquare / (2 * (1 - utilisation));
    }
}
