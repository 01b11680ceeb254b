package dev.dray.plugin.openai;

import dev.dray.plugin.openai.JsonRoute.Reading;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.Route;
import java.util.Optional;
import java.util.Set;

/// Makes the routes: what each reads, what it costs, and what its benchmark sends.
///
/// @param prompts what a benchmark sends
record RouteMaker(BenchmarkPrompts prompts) {
    private static final EmptyTexts SPEECH =
            new EmptyTexts(Set.of(SpeechReferences.FIRST, SpeechReferences.SECOND), false);
    private static final EmptyTexts SPEECH_BATCH = new EmptyTexts(Set.of(SpeechReferences.FIRST), true);

    /// @param measured whether this is the route that is benchmarked
    Route make(KnownRoute route, boolean measured) {
        return switch (route) {
            case COMPLETIONS, CHAT -> json(route, Reading.of(WrappedInput.ANYTHING, TokenPrice::of), measured);
            case CHAT_BATCH -> json(route, Reading.of(WrappedInput.ANYTHING, TokenPrice::ofBatch), measured);
            case SPEECH -> json(route, speech(), measured);
            case SPEECH_BATCH -> json(route, speechBatch(), measured);
            case AUDIO_GENERATION ->
                json(route, Reading.of(WrappedInput.OBJECT, _ -> RequestUnits.REFERENCE), measured);
            case EMBEDDINGS -> json(route, embeddings(), measured);
            case RERANK -> json(route, Reading.of(WrappedInput.ANYTHING, PairPrice::ofRerank), measured);
            case SCORE -> json(route, Reading.of(WrappedInput.ANYTHING, PairPrice::ofScore), measured);
            case IMAGE_GENERATION -> json(route, Reading.of(WrappedInput.ANYTHING, ImagePrice::of), measured);
            case IMAGE_EDIT -> upload(route, new ImageEditForm(), measured);
            case TRANSCRIPTION, TRANSLATION -> upload(route, new AudioForm(), measured);
            case VIDEO -> upload(route, new VideoForm(), measured);
        };
    }

    private Route json(KnownRoute route, Reading reading, boolean measured) {
        return new JsonRoute(route.path(), reading, plan(route, measured));
    }

    private Route upload(KnownRoute route, UploadForm form, boolean measured) {
        var maker = new FormMaker(form, prompts.modelName());
        Optional<BenchmarkPlan> plan =
                plan(route, measured).map(json -> route.plan(new FormPayloads(json.payloads(), maker)));
        return new UploadRoute(route.path(), maker, plan);
    }

    private Reading speech() {
        return Reading.of(WrappedInput.OBJECT, SpeechPrice::of).checked(SpeechReferences::check, SPEECH);
    }

    private Reading speechBatch() {
        return Reading.of(WrappedInput.OBJECT, SpeechPrice::ofBatch)
                .checked(SpeechBatchReferences::check, SPEECH_BATCH);
    }

    private Reading embeddings() {
        return Reading.of(WrappedInput.OBJECT, new EmbeddingPrice(prompts.embeddingChars())::of);
    }

    private Optional<BenchmarkPlan> plan(KnownRoute route, boolean measured) {
        return measured ? Optional.of(route.plan(payloads(route))) : Optional.empty();
    }

    private Payloads payloads(KnownRoute route) {
        return switch (route) {
            case COMPLETIONS -> prompts::completion;
            case CHAT -> prompts::chat;
            case CHAT_BATCH -> prompts::chatBatch;
            case SPEECH -> prompts::speech;
            case SPEECH_BATCH -> prompts::speechBatch;
            case AUDIO_GENERATION -> prompts::audio;
            case EMBEDDINGS -> prompts::embeddings;
            case RERANK -> prompts::rerank;
            case SCORE -> prompts::score;
            case IMAGE_GENERATION -> prompts::image;
            case VIDEO -> prompts::video;
            case IMAGE_EDIT -> BenchmarkUploads.with(prompts)::imageEdit;
            case TRANSCRIPTION, TRANSLATION -> BenchmarkUploads.with(prompts)::speech;
        };
    }
}
