/// Tests of what the conversation about one request is made of.
@org.jspecify.annotations.NullMarked
package dev.dray.port.exchange;
