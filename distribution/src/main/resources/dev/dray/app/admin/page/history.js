// The last hour in points of some seconds, oldest first, as the charts and sums read it.

const LIMIT = 720;

export class History {
  points = [];
  step = 5;

  reset(history) {
    this.step = history["seconds-per-point"] ?? 5;
    this.points = history.points ?? [];
  }

  /** A point that closed, or the open one: it stands in place of what was known of its time. */
  add(point) {
    while (this.points.length && this.points.at(-1).at >= point.at) this.points.pop();
    this.points.push(point);
    if (this.points.length > LIMIT) this.points.shift();
  }

  /** Closed points of the last so many seconds. */
  last(seconds, now) {
    return this.points.filter(({ at }) => at >= now / 1000 - seconds - this.step && at + this.step <= now / 1000 + 1);
  }

  /** Units per second over the last minute; nothing before the first point is closed. */
  throughput(now) {
    const points = this.last(60, now);
    if (!points.length) return undefined;
    return points.reduce((sum, point) => sum + point["units-per-second"], 0) / points.length;
  }

  /** The newest value that is known of the last five minutes. */
  newest(name, now) {
    return this.last(300, now).findLast((point) => typeof point[name] === "number")?.[name];
  }

  /** Requests of the last hour by outcome: of a younger worker all there were, of an older one those in closed points. */
  outcomes({ requests: all, started }, now) {
    if (all && now - Date.parse(started) < 3600_000) return all;
    const sums = {};
    for (const { requests } of this.points) {
      for (const [kind, amount] of Object.entries(requests ?? {})) sums[kind] = (sums[kind] ?? 0) + amount;
    }
    return sums;
  }
}
