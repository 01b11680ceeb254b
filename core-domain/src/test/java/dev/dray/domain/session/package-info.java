/// Tests of the rules of sessions.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.session;
