// Runs worked examples: a file in the form of tracing/examples.json, so that a lawyer can check the
// engine on any example of their own.

import CaseModel

/// Reads and runs worked examples.
public enum ExampleRunner {
  /// Runs every example of a file.
  ///
  /// An example that cannot be run is reported with its error; the others still run.
  /// - Parameter json: the file's bytes, UTF-8.
  /// - Throws: `TracingError` when the file as a whole is not readable in this form.
  public static func runExamples(_ json: [UInt8]) throws(TracingError) -> ExampleReport {
    let file = try JSONValue(json)
    guard let examples = file["examples"]?.elements ?? file.elements else {
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
      let results =
        switch kind {
        case "ledger": try ledgerResults(of: example)
        case "valuation": try valuationResults(of: example)
        default:
          throw TracingError(
            .malformed("the kind '\(kind)' is not known"), at: "kind",
            remedy: "use ledger or valuation")
        }
      return .init(id: id, results: results, error: nil)
    } catch  where example["expected_error"]?.text != nil {
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

  private static func ledgerResults(
    of example: JSONValue
  ) throws(TracingError) -> [ExampleReport.Result] {
    let read = try ExampleLedger(example)
    let method = try TracingCatalogue.method(named: read.method)
    let outcome = try read.ledger.traced(by: method, under: read.policy)
    let measures = LedgerMeasures(
      outcome: outcome, ledger: read.ledger, reporting: read.currency)
    var results: [ExampleReport.Result] = []
    if let asked = example["expected_error"] {
      results.append(
        .init(
          selectors: [.init(key: "measure", value: "expected_error")], value: .text("none"),
          expected: value(asked), error: nil))
    }
    for question in example["expected"]?.elements ?? [] {
      let selectors = question.members.filter { $0.key != "expected" && $0.key != "value" }
        .compactMap { member in
          member.value.text.map { ExampleReport.Selector(key: member.key, value: $0) }
        }
      let stated = question["expected"] ?? question["value"]
      do throws(TracingError) {
        let figure = try measures.value(question)
        results.append(
          .init(
            selectors: selectors, value: .text(figure.decimalText),
            expected: value(stated, in: figure.currency), error: nil))
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
      case .object(let members): members
      case .array(let elements):
        elements.compactMap { each in
          each["measure"]?.text.map { .init(key: $0, value: each["expected"] ?? .null) }
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
      return .init(
        selectors: selectors, value: answer, expected: value(question.value, in: currency),
        error: answer == nil
          ? TracingError(
            .unknownMeasure(question.key), at: "expected",
            remedy: "this rule gives: \(answers.map(\.key).joined(separator: ", "))"
          ).description : nil)
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
