package dev.dray.app.cli;

import java.util.Iterator;
import java.util.List;

/// Ids of the plugins that come with dray, for completion: a shell does not wait for a look into jars. A test
/// holds that these are the ones in `plugins/`.
final class ShippedBackends implements Iterable<String> {
    private static final List<String> IDS = List.of(
            "comfyui-ace",
            "comfyui-json",
            "comfyui-wan",
            "declarative",
            "demo",
            "llama",
            "null",
            "openai",
            "sglang",
            "tgi",
            "vllm");

    @Override
    public Iterator<String> iterator() {
        return IDS.iterator();
    }
}
