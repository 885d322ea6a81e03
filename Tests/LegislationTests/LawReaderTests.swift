// What the reader refuses, and how it says so.

import CaseModel
import Legislation
import Testing

@Suite("Reading a profile file")
struct LawReaderTests {
  private func refusals(_ text: String) -> [String] {
    do {
      _ = try Law(reading: text, file: "x.yaml")
      return []
    } catch let refused as LawRefused {
      return refused.issues.map(\.description)
    } catch {
      return ["another error: \(error)"]
    }
  }

  private func gb(changing old: String, to new: String) throws -> [String] {
    let text = try Law(profile: "gb").text
    #expect(text.contains(old))
    guard let range = text.range(of: old) else { return [] }
    return refusals(text.replacingCharacters(in: range, with: new))
  }

  @Test("The shipped text reads again from its own copy")
  func unchangedTextReads() throws {
    #expect(refusals(try Law(profile: "gb").text) == [])
  }

  @Test("A rule without a grade is refused with its line")
  func gradeNeeded() throws {
    let found = try gb(changing: "        grade: H\n", to: "")
    #expect(found.count == 1)
    #expect(found.first?.contains("E-LAW: cb-order without a grade — H, M or L") == true)
    #expect(found.first?.hasPrefix("x.yaml: line ") == true)
  }

  @Test("A rule without a source is refused")
  func sourceNeeded() throws {
    let found = try gb(
      changing: "        source: \"Proceeds of Crime Act 2002, s. 6(2)\"\n", to: "")
    #expect(found == ["x.yaml: line 20: E-LAW: cb-order without a source — source:"])
  }

  @Test("An unknown key is refused with its line")
  func unknownKey() throws {
    let found = try gb(changing: "    track: cb\n", to: "    track: cb\n    colour: blue\n")
    #expect(
      found == [
        "x.yaml: line 18: E-LAW: unknown key colour — one of track, for, currency, values"
      ])
  }

  @Test("A value outside the vocabulary is refused")
  func vocabulary() throws {
    let found = try gb(changing: "value: balance_of_probabilities", to: "value: gut_feeling")
    #expect(found.count == 1)
    #expect(found.first?.contains("value gut_feeling") == true)
  }

  @Test("A day that does not exist is refused")
  func impossibleDay() throws {
    let found = try gb(changing: "      2003-03-24:\n", to: "      2003-02-30:\n")
    #expect(found.contains { $0.contains("2003-02-30 is not a day — YYYY-MM-DD") })
  }

  @Test("A default method outside the allowed ones is refused")
  func defaultIsAllowed() throws {
    let found = try gb(changing: "value: libr", to: "value: poison")
    #expect(found.contains { $0.contains("default method poison") })
  }

  @Test("All problems of a file are reported in one pass, and missing rules by name")
  func onePass() {
    let found = refusals("profile: xx\ntitel: X\n")
    #expect(found.contains { $0.contains("unknown key titel") && $0.contains("line 2") })
    #expect(found.contains { $0.contains("no title") })
    #expect(found.contains { $0.contains("no rule fled in grounds") })
    #expect(found.contains { $0.contains("no rule benefit-mode in choices") })
  }

  @Test(
    "Text that is no YAML mapping is refused, not crashed on",
    arguments: ["", "[]", "a: [", "\t- x", "a: 1\na: 2", "- 1\n- 2"])
  func noMapping(text: String) {
    #expect(!refusals(text).isEmpty)
  }

  @Test("A profile cut short anywhere is read or refused, never crashed on")
  func cutShort() throws {
    let text = try Law(profile: "untoc").text
    let size = text.utf8.count
    for part in 1..<24 {
      let cut = String(text.prefix(size * part / 24))
      #expect(!refusals(cut).isEmpty)
    }
  }
}
