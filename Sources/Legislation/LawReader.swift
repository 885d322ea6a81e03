// Reads one profile file (YAML) into rules. Every rule needs a day, a source and a grade; unknown
// keys are refused with their line; all problems of a file are reported in one pass.

import CaseModel
import Yams

/// Reads profile text. The problems found so far decide at the end whether there is a law.
struct LawReader {
  let file: String
  var issues: [Issue] = []

  init(file: String) { self.file = file }

  /// The law the text states.
  /// - Throws: `LawRefused` with every problem of the file.
  mutating func law(in text: String) throws -> Law {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw LawRefused(issues: [syntaxIssue(error)])
    }
    guard let mapping = root?.mapping else {
      throw LawRefused(issues: [
        issue(nil, found: "no keys", expected: "a YAML mapping that begins with profile:")
      ])
    }
    let law = law(from: mapping, text: text)
    guard issues.isEmpty, let law else {
      throw LawRefused(issues: issues.sorted { $0.locator.ordinal < $1.locator.ordinal })
    }
    return law
  }

  private static let heads = [
    "profile", "title", "version", "is-law", "verified-by", "verified-on", "expires", "dates-note",
  ]

  private mutating func law(from root: Node.Mapping, text: String) -> Law? {
    var rules: [LegalRule] = []
    var notes: [String] = []
    for (key, node) in root {
      let name = key.string ?? ""
      if Self.heads.contains(name) { continue }
      if name == "notes" {
        notes = strings(node, "notes")
      } else if let section = LegalRule.Section(rawValue: name) {
        rules += self.rules(of: section, in: node)
      } else {
        refuse(key, found: "unknown key \(name)", expected: "a key of the profile format")
      }
    }
    for section in LegalRule.Section.allCases { checkNames(of: section, among: rules) }
    checkTracing(rules)
    guard let profile = word(root, "profile"), let title = word(root, "title"),
      let version = word(root, "version"), let datesNote = word(root, "dates-note")
    else { return nil }
    let isLaw = word(root, "is-law")
    if isLaw != "yes", isLaw != "no" {
      refuse(root["is-law"], found: "is-law: \(isLaw ?? "nothing")", expected: "yes or no")
    }
    let signer = root["verified-by"]?.string ?? ""
    let signed = day(root["verified-on"], orEmpty: true)
    if signer.isEmpty != (signed == nil) {
      refuse(
        root["verified-by"], found: "one of verified-by and verified-on without the other",
        expected: "a named lawyer with a day, or both empty")
    }
    return Law(
      profile: profile, title: title, version: version, text: text, isLaw: isLaw == "yes",
      verifiedBy: signer.isEmpty ? nil : signer, verifiedOn: signed,
      expires: day(root["expires"], orEmpty: true), datesNote: datesNote, notes: notes,
      rules: rules)
  }

  // MARK: Rules

  private mutating func rules(of section: LegalRule.Section, in node: Node) -> [LegalRule] {
    guard let mapping = node.mapping else {
      refuse(node, found: "\(section.rawValue) without rules", expected: "named rules")
      return []
    }
    var result: [LegalRule] = []
    for (key, rule) in mapping {
      let name = key.string ?? ""
      if section.isClosed, let names = section.requiredNames, !names.contains(name) {
        refuse(
          key, found: "unknown name \(name) in \(section.rawValue)",
          expected: "one of \(names.joined(separator: ", "))")
      }
      if let read = self.rule(name, of: section, in: rule) { result.append(read) }
    }
    return result
  }

  private mutating func rule(
    _ name: String, of section: LegalRule.Section, in node: Node
  ) -> LegalRule? {
    guard let mapping = node.mapping, let dated = mapping["values"]?.mapping else {
      refuse(node, found: "\(name) without values", expected: "values: by first day")
      return nil
    }
    refuseUnknown(in: mapping, allowed: ["track", "for", "currency", "values"])
    let track = mapping["track"]?.string.flatMap(Track.init(rawValue:))
    if let node = mapping["track"], track == nil {
      refuse(node, found: "track: \(node.string ?? "")", expected: "cb or ncb")
    }
    let currency = mapping["currency"]?.string.flatMap { Currency(iso: $0) }
    if section == .amounts, currency == nil {
      refuse(mapping["currency"] ?? node, found: "no ISO currency", expected: "such as GBP")
    }
    let subject = mapping["for"]?.string
    if section == .basis, track == nil || subject.flatMap(AssetBasis.init(rawValue:)) == nil {
      refuse(node, found: "\(name) without track or basis", expected: "track: and for: a basis")
    }
    var values: [LegalRule.Value] = []
    for (key, value) in dated {
      guard let from = key.string.flatMap({ CivilDate($0) }) else {
        refuse(key, found: "\(key.string ?? "") is not a day", expected: "YYYY-MM-DD")
        continue
      }
      if let read = self.value(of: section, rule: name, from: from, in: value, currency: currency) {
        values.append(read)
      }
    }
    if dated.isEmpty { refuse(node, found: "\(name) without a value", expected: "a dated value") }
    return LegalRule(
      section: section, name: name, track: track, subject: subject,
      values: values.sorted { $0.from < $1.from })
  }

  private mutating func value(
    of section: LegalRule.Section, rule: String, from: CivilDate, in node: Node,
    currency: Currency?
  ) -> LegalRule.Value? {
    guard let mapping = node.mapping else {
      refuse(node, found: "\(rule) without keys", expected: "source:, grade: and the value")
      return nil
    }
    let keys = section.keys
    refuseUnknown(in: mapping, allowed: keys.required + keys.allowed + ["source", "grade"])
    for key in keys.required where mapping[key] == nil {
      refuse(node, found: "\(rule) without \(key)", expected: "\(key):")
    }
    let source = mapping["source"]?.string ?? ""
    if source.isEmpty { refuse(node, found: "\(rule) without a source", expected: "source:") }
    guard let grade = mapping["grade"]?.string.flatMap(Citation.Confidence.init(rawValue:)) else {
      refuse(mapping["grade"] ?? node, found: "\(rule) without a grade", expected: "H, M or L")
      return nil
    }
    var value = LegalRule.Value(
      from: from, citation: Citation(source, confidence: grade, validFrom: from))
    value.text = mapping["text"]?.string ?? ""
    value.word = mapping["value"]?.string
    if let words = section.words(for: rule), let word = value.word, !words.contains(word) {
      refuse(
        mapping["value"], found: "\(rule): value \(word)",
        expected: "one of \(words.joined(separator: ", "))")
    }
    if let list = mapping["list"] { value.list = strings(list, "list") }
    value.title = mapping["title"]?.string
    value.optional = mapping["optional"].map { strings($0, "optional") } ?? []
    value.notForChild =
      mapping["not-required-for-a-child"].map { strings($0, "not-required-for-a-child") } ?? []
    for (key, text) in mapping["elements"]?.mapping ?? [:] {
      value.elements.append((name: key.string ?? "", text: text.string ?? ""))
    }
    for name in value.optional + value.notForChild
    where !value.elements.contains(where: { $0.name == name }) {
      refuse(node, found: "\(rule): \(name) is no element", expected: "a name under elements:")
    }
    readAmount(mapping, rule: rule, currency: currency, into: &value)
    readClock(mapping, rule: rule, section: section, into: &value)
    return value
  }

  private mutating func readAmount(
    _ mapping: Node.Mapping, rule: String, currency: Currency?, into value: inout LegalRule.Value
  ) {
    guard let node = mapping["amount"], let currency else { return }
    value.amount = node.string.flatMap { Money($0, in: currency) }
    if value.amount == nil {
      refuse(node, found: "\(rule): amount \(node.string ?? "")", expected: "plain decimal text")
    }
  }

  private mutating func readClock(
    _ mapping: Node.Mapping, rule: String, section: LegalRule.Section,
    into value: inout LegalRule.Value
  ) {
    guard section == .clocks else { return }
    value.starts = mapping["starts"]?.string
    value.unit = mapping["unit"]?.string
    value.length = mapping["length"]?.string.flatMap { Int($0) }
    let isUnset = value.unit == "unset"
    if !LegalWords.units.contains(value.unit ?? "") || isUnset != (value.length == nil) {
      refuse(
        mapping["unit"], found: "\(rule): length and unit do not make a time limit",
        expected: "length: a whole number with unit: \(LegalWords.units.joined(separator: ", "))")
    }
  }
}
