package dev.dray.app.scaffold;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A text with places for words, `{{id}}`, kept as a resource of this package.
final class Template {
    private Template() {}

    static String filled(String resource, Map<String, String> words) throws IOException {
        String text = read(resource);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        return text;
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the program has no template " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
