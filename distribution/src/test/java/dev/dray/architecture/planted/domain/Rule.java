package dev.dray.architecture.planted.domain;

import java.io.File;

/// Planted: a rule that touches files and threads.
public class Rule {
    public boolean holds(File file) {
        return file.exists() && Thread.currentThread().isAlive();
    }
}
