// The worked examples of the open set: every figure, to the last unit.

import Foundation
import TestSupport
import Testing

@testable import Tracing

@Suite("Worked examples")
struct ExamplesTests {
  static let file = SharedMaterial.url("tracing/examples.json")

  @Test("every figure of tracing/examples.json comes out", .enabled(if: file != nil))
  func everyFigureComesOut() throws {
    let url = try #require(Self.file)
    let report = try ExampleRunner.runExamples(Array(Data(contentsOf: url)))
    #expect(report.examples.count >= 26)
    for example in report.examples {
      #expect(example.error == nil, "\(example.id)")
      for result in example.results {
        let question = result.selectors.map(\.value).joined(separator: " ")
        #expect(result.value == result.expected, "\(example.id): \(question)")
      }
    }
    #expect(report.matched == report.compared)
  }
}
