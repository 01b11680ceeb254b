/// What a plugin author sees: how to teach the worker one model server.
///
/// A plugin is a jar with a [BackendPlugin] listed under `META-INF/services`, loaded by a class loader
/// of its own whose only windows are this package and `dev.dray.model`. May enter: `.model`. Must not:
/// types of an HTTP or JSON library. Read [BackendPlugin], then [Route].
///
/// **Nulls.** Nothing is ever null, given or returned; what may be missing is an `Optional`. A plugin
/// that returns null has failed, as if it had thrown.
///
/// **Threads.** [BackendPlugin] and the getters of [Backend] are called on the main thread, at start.
/// Methods that take a payload are called on the requests' own threads, many at once, and must return
/// within the plugin time limit (one second). [LocalRoute#call] and [Lifecycle] have threads of their
/// own, which they may keep. All are called with the plugin's class loader as the thread's context.
///
/// **Units.** Workload is counted in units of the plugin's own choice: a number that doubles when the
/// work doubles; capacity is in units per second. Times are `Duration`s, texts UTF-8, offsets code
/// points.
///
/// **Errors.** Whatever a plugin throws is contained and told with its name; the worker lives on.
///
/// | what fails | what becomes of it |
/// |---|---|
/// | [BackendPlugin#start] tells problems | no worker; all are listed, exit 2 |
/// | `start` throws | told to the platform; tried again every 10 s |
/// | a getter of [Backend] throws, or routes contradict themselves | no worker; exit 2 |
/// | [Route#check] returns mistakes | 422 with them; outcome rejected |
/// | `check` throws, or overruns the time limit | 500, source `plugin`; outcome errored |
/// | [Route#workload] throws, or is negative, NaN or infinite | counts as 100; the request goes on |
/// | [Route#request] throws, or overruns the time limit | 500, source `plugin`; outcome errored |
/// | a file of a form writes more or less than its length | 502; outcome errored |
/// | [LocalRoute#call] throws, or gives no JSON | 500, source `plugin`; outcome errored |
/// | [AnswerMapper#map] throws | 500, source `plugin`; the outcome is the model server's |
/// | [BenchmarkPlan.Payloads] throw, or give no JSON | the benchmark fails: FAILED, no capacity |
/// | [Lifecycle#enter] throws | FAILED with its message; not tried again |
/// | [Lifecycle#exit] or [Backend#close] throws | logged |
/// | [ControlHandler#handle] throws | 500 to whoever asked; logged |
/// | [HandlerOverlay] tells mistakes | no worker; each with file, line and column, exit 2 |
/// | five calls overrun the time limit for good | FAILED; the worker drains and exits 1 |
@org.jspecify.annotations.NullMarked
package dev.dray.spi;
