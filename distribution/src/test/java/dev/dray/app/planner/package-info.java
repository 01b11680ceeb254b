/// Whether plans agree with queueing theory, and files with requests are read or refused.
@org.jspecify.annotations.NullMarked
package dev.dray.app.planner;
