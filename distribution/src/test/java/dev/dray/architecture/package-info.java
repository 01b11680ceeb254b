/// The house rules as tests: who may know whom, what nobody does, and how the sources are formatted.
///
/// The rules read every class of the project from the class path, plugins included. When one fails: the message
/// names the class and the line; move the code to the room it belongs to, and only then think about the rule. Each
/// rule was seen red on a planted violation, which [PlantedViolationsTest] repeats at every build. Read
/// [HouseRules] first.
@org.jspecify.annotations.NullMarked
package dev.dray.architecture;
