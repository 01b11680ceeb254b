package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressKindTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1.1.1.1, PUBLIC",
        "93.184.216.34, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, CARRIER",
        "100.127.255.255, CARRIER",
        "100.128.0.0, PUBLIC",
        "9.255.255.255, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.168.0.0, PRIVATE",
        "192.167.255.255, PUBLIC",
        "192.0.0.192, RESERVED",
        "192.0.1.1, PUBLIC",
        "198.18.0.1, PRIVATE",
        "198.20.0.1, PUBLIC",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "169.253.255.255, PUBLIC",
        "169.254.0.0, LINK_LOCAL",
        "169.254.169.254, LINK_LOCAL",
        "0.0.0.0, THIS_NETWORK",
        "0.1.2.3, THIS_NETWORK",
        "223.255.255.255, PUBLIC",
        "224.0.0.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.1, RESERVED",
        "255.255.255.255, RESERVED",
        "2606:4700:4700::1111, PUBLIC",
        "::, THIS_NETWORK",
        "::1, LOOPBACK",
        "::2, RESERVED",
        "::7f00:1, RESERVED",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fec0::1, PRIVATE",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "ff02::1, MULTICAST",
        "100::1, RESERVED",
        "4000::1, RESERVED",
        "::ffff:127.0.0.1, LOOPBACK",
        "::ffff:169.254.169.254, LINK_LOCAL",
        "::ffff:1.1.1.1, PUBLIC",
        "::ffff:0:7f00:1, RESERVED",
        "64:ff9b::7f00:1, LOOPBACK",
        "64:ff9b::a9fe:a9fe, LINK_LOCAL",
        "64:ff9b::101:101, PUBLIC",
        "64:ff9b:1::101:101, RESERVED",
        "2002:7f00:1::, LOOPBACK",
        "2002:a9fe:a9fe::1, LINK_LOCAL",
        "2002:101:101::1, PUBLIC",
        "2001:0:101:101::fefe:fefe, PUBLIC",
        "2001:0:101:101::5601:5601, LINK_LOCAL",
        "2001:0:101:101::80ff:fffe, LOOPBACK",
        "2001:0:a9fe:a9fe::fefe:fefe, LINK_LOCAL"
    })
    void isToldByItsRange(String address, AddressKind kind) throws Exception {
        assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0}: {1}, with allow-private {2}")
    @CsvSource({
        "PUBLIC, true, true",
        "LOOPBACK, false, true",
        "PRIVATE, false, true",
        "CARRIER, false, true",
        "LINK_LOCAL, false, false",
        "THIS_NETWORK, false, false",
        "MULTICAST, false, false",
        "RESERVED, false, false"
    })
    void decidesWhetherItMayBeUsed(AddressKind kind, boolean strictly, boolean withAllowPrivate) {
        assertThat(kind.usable(false)).isEqualTo(strictly);
        assertThat(kind.usable(true)).isEqualTo(withAllowPrivate);
    }
}
