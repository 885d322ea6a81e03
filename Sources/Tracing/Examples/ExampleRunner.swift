// Runs worked examples: a file in the form of tracing/examples.json, so that a lawyer can check the
// engine on any example of their own.

import CaseModel

/// Reads and runs worked examples.
public enum ExampleRunner {
  /// Runs every example of a file.
  ///
  /// An example that cannot be run is reported with its error; the others still run. A figure of which no
  /// value is expected is computed and compared with nothing: `isAllEqual` is false then.
  /// - Parameter json: the file's bytes, UTF-8.
  /// - Throws: `TracingError` when the file as a whole is not readable in this form.
  public static func runExamples(_ json: [UInt8]) throws(TracingError) -> ExampleReport {
    let file = try JSONValue(json)
    guard file.elements == nil else {
      throw TracingError(
        .malformed("the file is a list, an object with 'examples' is expected"), at: "the file",
        remedy: "write {\"schema\": \"tracing-examples/1\", \"examples\": […]}")
    }
    guard let examples = file["examples"]?.elements else {
      throw TracingError(
        .malformed("there is no list 'examples'"), at: "the file",
        remedy: "give a file of the form tracing-examples/1")
    }
    guard !examples.isEmpty else {
      throw TracingError(
        .malformed("the list 'examples' is empty"), at: "the file", remedy: "give an example")
    }
    return ExampleReport(
      examples: examples.enumerated().map { run($1, number: $0 + 1) })
  }

  private static func run(_ example: JSONValue, number: Int) -> ExampleReport.Example {
    let id = example["id"]?.text ?? "#\(number)"
    do throws(TracingError) {
      let kind = example["kind"]?.text ?? (example["rule"] == nil ? "ledger" : "valuation")
      var results =
        switch kind {
        case "ledger": try ledgerResults(of: example)
        case "valuation": try valuationResults(of: example)
        default:
          throw TracingError(
            .malformed("the kind '\(kind)' is not known"), at: "kind",
            remedy: "use ledger or valuation")
        }
      if asksForRefusal(example) {
        results.insert(
          .init(
            selectors: [.init(key: "measure", value: "expected_error")], value: .text("none"),
            expected: value(example["expected_error"]), error: nil), at: 0)
      }
      return .init(id: id, results: results, error: nil)
    } catch  where asksForRefusal(example) {
      // A refusal that was asked for is a figure like any other.
      return .init(
        id: id,
        results: [
          .init(
            selectors: [.init(key: "measure", value: "expected_error")],
            value: .text(error.reason.code), expected: value(example["expected_error"]), error: nil)
        ], error: nil)
    } catch {
      return .init(id: id, results: [], error: error.at("example \(id)").description)
    }
  }

  private static func asksForRefusal(_ example: JSONValue) -> Bool {
    example["expected_error"]?.text != nil
  }

  /// An example that states nothing to compare would pass whatever the engine does.
  private static func checkFigures(
    of example: JSONValue, count: Int, form: String
  ) throws(TracingError) {
    guard count == 0, !asksForRefusal(example) else { return }
    throw TracingError(
      .malformed("no figure is stated, so nothing would be compared"), at: "'expected'",
      remedy: "state under 'expected' " + form)
  }

  private static func ledgerResults(
    of example: JSONValue
  ) throws(TracingError) -> [ExampleReport.Result] {
    let questions = example["expected"]?.elements ?? []
    let read = try ExampleLedger(example)
    let method = try TracingCatalogue.method(named: read.method)
    let outcome = try read.ledger.traced(by: method, under: read.policy)
    try checkFigures(
      of: example, count: questions.count, form: "a list of measures, each with its 'expected'")
    let measures = LedgerMeasures(
      outcome: outcome, ledger: read.ledger, reporting: read.currency)
    var results: [ExampleReport.Result] = []
    for question in questions {
      let selectors = question.members.filter { $0.key != "expected" && $0.key != "value" }
        .compactMap { member in
          member.value.text.map { ExampleReport.Selector(key: member.key, value: $0) }
        }
      let stated = question["expected"] ?? question["value"]
      do throws(TracingError) {
        let figure = try measures.value(question)
        let expected = value(stated, in: figure.currency)
        results.append(
          .init(
            selectors: selectors, value: .text(figure.decimalText), expected: expected, error: nil))
      } catch {
        results.append(
          .init(selectors: selectors, value: nil, expected: value(stated), error: error.description)
        )
      }
    }
    return results
  }

  private static func valuationResults(
    of example: JSONValue
  ) throws(TracingError) -> [ExampleReport.Result] {
    let valuation = try ExampleValuation(example)
    let currency = valuation.currency
    let answers = try valuation.answers()
    let questions: [JSONValue.Member] =
      switch example["expected"] {
      case .object(let members) where !members.isEmpty: members
      case .array(let elements) where !elements.isEmpty:
        elements.map {
          .init(
            key: $0["measure"]?.text ?? "", value: $0["expected"] ?? $0["value"] ?? .null)
        }
      default: answers.map { .init(key: $0.key, value: .null) }
      }
    return questions.map { question in
      let selectors = [ExampleReport.Selector(key: "measure", value: question.key)]
      let answer =
        (answers.first {
          $0.key == question.key && $0.value.isList == (question.value.elements != nil)
        }
        ?? answers.first { $0.key == question.key })?.value
      let expected = value(question.value, in: currency)
      let unknown = TracingError(
        .unknownMeasure(question.key), at: "expected",
        remedy: "this rule gives: \(answers.map(\.key).joined(separator: ", "))")
      let error = answer == nil ? unknown : nil
      return .init(
        selectors: selectors, value: answer, expected: expected, error: error?.description)
    }
  }

  /// What was expected. A text stands as written; a JSON number has no places of its own and takes
  /// those of the currency.
  private static func value(
    _ json: JSONValue?, in currency: Currency? = nil
  ) -> ExampleReport.Value? {
    func text(_ json: JSONValue) -> String? {
      guard case .number(let written) = json, let currency else { return json.text }
      return Money(written, in: currency)?.decimalText ?? written
    }
    guard let json, !json.isNull else { return nil }
    if let elements = json.elements { return .list(elements.compactMap(text)) }
    return text(json).map { .text($0) }
  }
}
