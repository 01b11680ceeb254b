/// The shell scripts that start dray, run as processes with JDKs and a Maven made of a few lines of shell.
///
/// Read [LauncherTest]. May enter: the JDK and the scripts. Threads: those of the processes.
@org.jspecify.annotations.NullMarked
package dev.dray.app.launcher;
