package dev.dray.adapter.modelclient;

import java.net.InetAddress;
import java.util.Arrays;

/// What sort of place an address is, as far as a callback is concerned (IANA special-purpose registries, RFC 6890).
///
/// An IPv6 address that stands for an IPv4 one is of that one's kind. Outside `2000::/3` nothing of IPv6 is public.
enum AddressKind {
    PUBLIC("a public address", Use.ALWAYS),
    LOOPBACK("a loopback address", Use.WITH_ALLOW_PRIVATE),
    PRIVATE("a private address", Use.WITH_ALLOW_PRIVATE),
    CARRIER("an address inside a provider's network", Use.WITH_ALLOW_PRIVATE),
    LINK_LOCAL("a link-local address", Use.NEVER),
    THIS_NETWORK("an unspecified address", Use.NEVER),
    MULTICAST("a multicast address", Use.NEVER),
    RESERVED("a reserved address", Use.NEVER);

    /// When a callback may go there.
    private enum Use {
        ALWAYS,
        WITH_ALLOW_PRIVATE,
        NEVER
    }

    private final String text;
    private final Use use;

    AddressKind(String text, Use use) {
        this.text = text;
        this.use = use;
    }

    static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? ofIpv4(bytes) : ofIpv6(bytes);
    }

    boolean usable(boolean allowPrivate) {
        return switch (use) {
            case ALWAYS -> true;
            case WITH_ALLOW_PRIVATE -> allowPrivate;
            case NEVER -> false;
        };
    }

    /// Whether the setting `callbacks.allow-private` decides.
    boolean dependsOnSetting() {
        return use == Use.WITH_ALLOW_PRIVATE;
    }

    private static AddressKind ofIpv4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (first) {
            case 0 -> THIS_NETWORK;
            case 10 -> PRIVATE;
            case 100 -> second >= 64 && second < 128 ? CARRIER : PUBLIC;
            case 127 -> LOOPBACK;
            case 169 -> second == 254 ? LINK_LOCAL : PUBLIC;
            case 172 -> second >= 16 && second < 32 ? PRIVATE : PUBLIC;
            // 192.0.0.0/24 is for protocols; one cloud keeps its instances' secrets there.
            case 192 -> second == 168 ? PRIVATE : second == 0 && bytes[2] == 0 ? RESERVED : PUBLIC;
            case 198 -> second == 18 || second == 19 ? PRIVATE : PUBLIC;
            default -> first < 224 ? PUBLIC : first < 240 ? MULTICAST : RESERVED;
        };
    }

    private static AddressKind ofIpv6(byte[] bytes) {
        if (allZero(bytes, 0, 15) && (bytes[15] == 0 || bytes[15] == 1)) {
            return bytes[15] == 0 ? THIS_NETWORK : LOOPBACK;
        }
        int first = word(bytes, 0);
        if (allZero(bytes, 0, 10) && word(bytes, 10) == 0xffff) {
            return embedded(bytes, 12, 0);
        }
        // NAT64, RFC 6052; its local prefix 64:ff9b:1::/48 may hold the address anywhere and stays reserved.
        if (first == 0x64 && word(bytes, 2) == 0xff9b && allZero(bytes, 4, 12)) {
            return embedded(bytes, 12, 0);
        }
        // 6to4, RFC 3056.
        if (first == 0x2002) {
            return embedded(bytes, 2, 0);
        }
        // Teredo, RFC 4380 §4: the server as it is, the client inverted.
        if (first == 0x2001 && word(bytes, 2) == 0) {
            AddressKind server = embedded(bytes, 4, 0);
            AddressKind client = embedded(bytes, 12, 0xff);
            return server.use.compareTo(client.use) > 0 ? server : client;
        }
        return byPrefix(first);
    }

    private static AddressKind byPrefix(int first) {
        if ((first & 0xe000) == 0x2000) {
            return PUBLIC;
        }
        if ((first & 0xff00) == 0xff00) {
            return MULTICAST;
        }
        if ((first & 0xffc0) == 0xfe80) {
            return LINK_LOCAL;
        }
        // Unique local addresses, and the site-local ones that came before them.
        boolean inside = (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfec0;
        return inside ? PRIVATE : RESERVED;
    }

    private static AddressKind embedded(byte[] bytes, int from, int mask) {
        byte[] ipv4 = Arrays.copyOfRange(bytes, from, from + 4);
        for (int i = 0; i < ipv4.length; i++) {
            ipv4[i] ^= (byte) mask;
        }
        return ofIpv4(ipv4);
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// With its article, for messages.
    @Override
    public String toString() {
        return text;
    }
}
