// What every profile must hold, and the small parts of the reader: texts, days, refusals.

import CaseModel
import Yams

extension LawReader {
  mutating func checkNames(of section: LegalRule.Section, among rules: [LegalRule]) {
    let present = Set(rules.filter { $0.section == section }.map(\.name))
    for name in section.requiredNames ?? [] where !present.contains(name) {
      refuse(
        nil, found: "no rule \(name) in \(section.rawValue)",
        expected: "\(section.rawValue): \(name): with date, source and grade")
    }
  }

  /// The default method is one of the allowed ones, on every day both have a value.
  mutating func checkTracing(_ rules: [LegalRule]) {
    let tracing = rules.filter { $0.section == .tracing }
    guard let allowed = tracing.first(where: { $0.name == "allowed" })?.values.last?.list,
      let method = tracing.first(where: { $0.name == "default" })?.values.last?.word
    else {
      if tracing.count >= 2 {
        refuse(nil, found: "tracing without list or default", expected: "list: and value:")
      }
      return
    }
    if !allowed.contains(method) {
      refuse(nil, found: "default method \(method)", expected: "a method under allowed:")
    }
  }

  // MARK: Small parts

  mutating func word(_ mapping: Node.Mapping, _ key: String) -> String? {
    guard let text = mapping[key]?.string, !text.isEmpty else {
      refuse(mapping[key], found: "no \(key)", expected: "\(key): at the head of the file")
      return nil
    }
    return text
  }

  mutating func strings(_ node: Node, _ key: String) -> [String] {
    let parts = node.sequence?.compactMap(\.string) ?? []
    if parts.isEmpty || parts.contains("") {
      refuse(node, found: "\(key) is not a list of texts", expected: "a list")
    }
    return parts
  }

  mutating func day(_ node: Node?, orEmpty: Bool) -> CivilDate? {
    guard let node, let text = node.string, !(orEmpty && text.isEmpty) else { return nil }
    guard let day = CivilDate(text) else {
      refuse(node, found: "\(text) is not a day", expected: "YYYY-MM-DD or empty")
      return nil
    }
    return day
  }

  mutating func refuseUnknown(in mapping: Node.Mapping, allowed: [String]) {
    for (key, _) in mapping where !allowed.contains(key.string ?? "") {
      refuse(
        key, found: "unknown key \(key.string ?? "")",
        expected: "one of \(allowed.joined(separator: ", "))")
    }
  }

  mutating func refuse(_ node: Node?, found: String, expected: String) {
    issues.append(issue(node, found: found, expected: expected))
  }

  func issue(_ node: Node?, found: String, expected: String) -> Issue {
    Issue(
      .error, "E-LAW", file: file, at: .line(node?.mark?.line ?? 1), found: Issue.escaped(found),
      expected: expected)
  }

  func syntaxIssue(_ error: YamlError) -> Issue {
    let line: Int =
      switch error {
      case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
        mark.line
      default: 1
      }
    return Issue(
      .error, "E-LAW", file: file, at: .line(line), found: Issue.escaped("\(error)"),
      expected: "YAML 1.1")
  }
}
