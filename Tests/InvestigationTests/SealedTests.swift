import CaseModel
import CaseStore
import Foundation
import Intake
import Investigation
import Scenarios
import TestSupport
import Testing

/// Nothing that identifies a protected person leaves the store, in any form it is printed.
@Suite(
  "Sealed identities stay sealed",
  .enabled(if: ThrowAwayDatabase.isAvailable, "no PostgreSQL server is installed"))
struct SealedTests {
  /// Looks for every sealed string, as written and without spaces, in upper and lower case.
  struct Search {
    /// Closed by a zero, as C wants them.
    let needles: [[CChar]]

    init() throws {
      let sheet = try readSealedSheet(try ExampleCase.file("sealed-identities.yaml"))
      needles = sheet.entries.map { entry in
        let value =
          entry.kind == .account
          ? String(entry.value.split(separator: ":").last ?? "") : entry.value
        return Self.bare(value)
      }
    }

    /// Lower case, without any space: how a string looks however it was set.
    static func bare(_ text: String) -> [CChar] {
      text.utf8.compactMap { byte -> CChar? in
        switch byte {
        case 0, 9, 10, 13, 32: nil
        case 65...90: CChar(bitPattern: byte + 32)
        default: CChar(bitPattern: byte)
        }
      } + [0]
    }

    /// The numbers of the strings found, never the strings themselves.
    func leaks(in text: String) -> [Int] {
      let bare = Self.bare(text)
      return needles.indices.filter {
        strstr(bare, needles[$0]) != nil
      }
    }
  }

  @Test("The search itself finds sealed strings in the files as received")
  func searchFinds() throws {
    let search = try Search()
    #expect(search.needles.count > 100)
    let raw = String(
      decoding: try ExampleCase.file("sealed-identities.yaml").bytes, as: UTF8.self)
    #expect(search.leaks(in: raw).count == search.needles.count)
    let bank = String(decoding: try ExampleCase.file("bank-b/b01-2024.csv").bytes, as: UTF8.self)
    #expect(!search.leaks(in: bank).isEmpty)
  }

  @Test("No document, list, finding, trace or proposal holds a sealed string")
  func resultsHoldNone() async throws {
    let search = try Search()
    for order in ExampleCase.Order.allCases {
      let loaded = try await ExampleCase.loaded(order)
      var texts: [(String, String)] = []
      for document in loaded.outcome.documents {
        texts.append((document.kind, try Portable.string(document)))
      }
      texts.append(("detection", try Portable.string(loaded.outcome.detection)))
      texts.append(("tracing", try Portable.string(loaded.outcome.tracing)))
      texts.append(("sensitivity", try Portable.string(loaded.outcome.sensitivity)))
      texts.append(("proposals", try Portable.string(loaded.outcome.proposals)))
      texts.append(("accounts", try Portable.string(loaded.caseFile.accounts)))
      texts.append(("entries", try Portable.string(loaded.caseFile.entries)))
      texts.append(("transfers", try Portable.string(loaded.caseFile.transfers)))
      texts.append(("matter", try Portable.string(loaded.caseFile.matter)))
      for (name, text) in texts {
        #expect(text.count > 100, "\(name) is empty")
        #expect(search.leaks(in: text).isEmpty, "\(name), files \(order.rawValue)")
      }
    }
  }

  @Test("No explanation of a figure, a finding or an entry holds a sealed string")
  func explanationsHoldNone() async throws {
    let search = try Search()
    let loaded = try await ExampleCase.loaded()
    let store = loaded.store
    var codes = loaded.outcome.documents.flatMap(\.figures).map(\.code.text)
    codes += try await store.saveFindings(
      loaded.outcome.findings, matter: loaded.caseFile.matter.code
    ).map(\.text)
    // Entries whose raw line names a protected person: those of their accounts, and those that pay them.
    codes += loaded.caseFile.entries.enumerated().filter { $0.offset % 7 == 0 }.map(\.element.key)
    var text = ""
    var lines = 0
    for code in Set(codes).sorted() {
      let explanation = try await store.explain(code)
      lines += explanation.places.count { $0.text != nil }
      text += try Portable.string(explanation)
    }
    #expect(lines > 1000)
    #expect(search.leaks(in: text).isEmpty)
  }

  @Test("A fact that is intelligence only reaches no document and moves no byte of one")
  func intelligenceStaysOut() async throws {
    let loaded = try await ExampleCase.loaded()
    let marker = HarbourStreet.intelligenceMarker
    var caseFile = loaded.caseFile
    let index = try #require(
      caseFile.matter.facts.firstIndex { $0.statement.contains(marker) })
    #expect(caseFile.matter.facts[index].status == .intelligenceOnly)
    caseFile.matter.facts[index].statement = "Something else altogether, of another length."
    let changed = try ExampleCase.run(caseFile)
    for (before, after) in zip(loaded.outcome.documents, changed.documents) {
      let text = try Portable.string(before)
      #expect(!text.contains(marker))
      let difference = Portable.difference(text, try Portable.string(after))
      #expect(difference == nil, "\(before.kind): \(difference ?? "")")
    }
    #expect(try !Portable.string(loaded.outcome.detection).contains(marker))
    #expect(try !Portable.string(loaded.outcome.proposals).contains(marker))
  }
}
