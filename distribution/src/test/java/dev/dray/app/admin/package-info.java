/// Tests of `dev.dray.app.admin`; time is virtual.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin;
