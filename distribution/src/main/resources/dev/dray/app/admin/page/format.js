// Numbers, durations and times as the page writes them: always with their unit, always in the same form.

const NOTHING = "–";
const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** 3802.13 → "3,802"; 38.02 → "38.0"; a whole number below 100 stays whole. */
export function number(value) {
  if (!isNumber(value)) return NOTHING;
  return Math.abs(value) >= 100 || Number.isInteger(value) ? integers.format(value) : tenths.format(value);
}

export const rate = (value) => (isNumber(value) ? `${number(value)} units/s` : NOTHING);

export const units = (value) => (isNumber(value) ? `${number(value)} units` : NOTHING);

export function percent(share) {
  if (!isNumber(share)) return NOTHING;
  const value = share * 100;
  return `${value > 0 && value < 10 ? tenths.format(value) : integers.format(value)} %`;
}

/** Seconds → "0.42 ms", "123 ms", "4.21 s", "3 min 12 s", "2 h 5 min", "3 d 4 h". */
export function duration(seconds) {
  if (!isNumber(seconds)) return NOTHING;
  if (seconds <= 0) return "0 s";
  if (seconds < 0.01) return `${(seconds * 1000).toFixed(2)} ms`;
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.5) return `${seconds.toFixed(1)} s`;
  return long(Math.round(seconds));
}

/** As `duration`, without fractions: for how long something has been so. */
export function age(seconds) {
  if (!isNumber(seconds)) return NOTHING;
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? `${whole} s` : long(whole);
}

function long(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 60) return pair(minutes, "min", seconds % 60, "s");
  if (hours < 24) return pair(hours, "h", minutes % 60, "min");
  return pair(days, "d", hours % 24, "h");
}

const pair = (one, unit, rest, lesser) => (rest ? `${one} ${unit} ${rest} ${lesser}` : `${one} ${unit}`);

/** Milliseconds since 1970 of an ISO instant; NaN for none. */
export const millis = (instant) => (instant ? Date.parse(instant) : NaN);

/** "03:31:12", or with its day if that is not the day of `now`. */
export function time(at, now = at) {
  if (!isNumber(at)) return NOTHING;
  const text = new Date(at).toISOString();
  const clock = text.slice(11, 19);
  return text.slice(0, 10) === new Date(now).toISOString().slice(0, 10) ? clock : `${text.slice(5, 10)} ${clock}`;
}

/** "03:31", for axes and ends of ranges. */
export const clock = (at) => new Date(at).toISOString().slice(11, 16);

export const count = (amount, one, many = `${one}s`) => `${number(amount)} ${amount === 1 ? one : many}`;
