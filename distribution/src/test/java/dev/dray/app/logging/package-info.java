/// How log lines look, and what their levels do.
@org.jspecify.annotations.NullMarked
package dev.dray.app.logging;
