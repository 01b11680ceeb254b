/// Tests of `dev.dray.app.admin.live`; time is virtual.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.live;
