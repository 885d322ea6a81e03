import CaseModel
import Detection
import TestSupport
import Testing
import TrailGraph

/// The strength of the only finding, nil without one. A detector that could not look fails the test: it is
/// not silent about a lawful shape.
func strength(_ detector: any Detector, _ notation: String) throws -> Finding.Strength? {
  strength(detector, in: Scene(try Trail(notation: notation), under: testLaw))
}

func strength(_ detector: any Detector, _ lines: [String]) throws -> Finding.Strength? {
  try strength(detector, lines.joined(separator: "\n"))
}

/// The same beside what a case sheet states.
func strength(
  _ detector: any Detector, _ lines: [String], _ sheet: String
) throws -> Finding.Strength? {
  strength(detector, in: try StatedCase(lines.joined(separator: "\n"), sheet: sheet).scene)
}

private func strength(_ detector: any Detector, in scene: Scene) -> Finding.Strength? {
  let result = detector.findings(in: scene)
  #expect(result.notApplicable == nil)
  #expect(result.findings.count <= 1)
  return result.findings.first?.strength
}

func day(_ start: String, _ days: Int) -> String {
  (CivilDate(start) ?? CivilDate(dayNumber: 0)).adding(days: days).description
}

func text(_ minor: Int) -> String {
  Money(minorUnits: Int64(minor), currency: euro).decimalText
}
