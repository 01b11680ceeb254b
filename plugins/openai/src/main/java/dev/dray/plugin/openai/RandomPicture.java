package dev.dray.plugin.openai;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Makes PNG pictures of random colours [1]: one small tile, repeated, so that each is new, small and
/// quickly made. What
/// an edit costs depends on the number of pixels, not on what they show.
///
/// [1] Portable Network Graphics, 3rd edition, §5 and §11.2, https://www.w3.org/TR/png-3/
final class RandomPicture {
    private static final int TILE = 64;
    private static final int CHANNELS = 3;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private RandomPicture() {}

    /// A square of 8-bit RGB.
    ///
    /// @param side pixels, a multiple of 64
    static byte[] png(int side, RandomGenerator random) {
        var out = new ByteArrayOutputStream();
        try (var png = new DataOutputStream(out)) {
            png.write(SIGNATURE);
            chunk("IHDR", header(side), png);
            chunk("IDAT", deflated(rows(side, random)), png);
            chunk("IEND", new byte[0], png);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return out.toByteArray();
    }

    private static byte[] header(int side) throws IOException {
        var out = new ByteArrayOutputStream();
        var header = new DataOutputStream(out);
        header.writeInt(side);
        header.writeInt(side);
        // 8 bits a channel, colour type RGB; compression, filter and interlacing of the only or the simplest kind.
        header.write(new byte[] {8, 2, 0, 0, 0});
        return out.toByteArray();
    }

    // Each row begins with the number of its filter: 0, none.
    private static byte[] rows(int side, RandomGenerator random) {
        var tile = new byte[TILE][TILE * CHANNELS];
        for (byte[] row : tile) {
            random.nextBytes(row);
        }
        int width = 1 + side * CHANNELS;
        var rows = new byte[side * width];
        for (int y = 0; y < side; y++) {
            for (int at = 1; at < width; at += TILE * CHANNELS) {
                System.arraycopy(tile[y % TILE], 0, rows, y * width + at, TILE * CHANNELS);
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(bytes);
            deflater.finish();
            var buffer = new byte[8_192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static void chunk(String type, byte[] content, DataOutputStream png) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        png.writeInt(content.length);
        png.write(name);
        png.write(content);
        png.writeInt((int) sum.getValue());
    }
}
