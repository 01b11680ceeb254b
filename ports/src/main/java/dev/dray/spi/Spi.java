package dev.dray.spi;

/// The version of these interfaces, which a plugin jar names in its manifest as `Spi-Version`.
///
/// @since 1.0
public interface Spi {
    /// Major version: a jar built for another one is refused.
    int MAJOR = 1;

    /// Minor version: a jar built for a newer one is refused, for an older one it is loaded.
    int MINOR = 0;

    /// `MAJOR.MINOR`.
    String VERSION = MAJOR + "." + MINOR;
}
