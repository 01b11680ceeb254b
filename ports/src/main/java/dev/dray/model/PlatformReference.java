package dev.dray.model;

/// The platform's own name for a request, carried through the worker unread and handed back with the outcome.
public interface PlatformReference {}
