import CaseModel
import Detection
import Foundation
import TestSupport
import Testing
import TrailGraph

/// One scheme laid inside repeated, ordinary dealings, as a transfers file.
struct Bench {
  private(set) var rows: [(id: Int, text: String)] = []
  private var nextID = 0
  let start: Int64 = 1_700_000_000

  /// Adds a transfer at so many hours from the start and returns its id.
  @discardableResult
  mutating func pay(
    _ from: String, _ to: String, at hours: Int64, _ minor: Int64, _ channel: String = "instant",
    _ currency: String = "EUR"
  ) -> String {
    let id = nextID
    nextID += 1
    rows.append((id, "\(id),\(from),\(to),\(start + hours * 3600),\(minor),\(currency),\(channel)"))
    return String(id)
  }

  /// Rent, wages and shopping: pairs that pay every week.
  mutating func ordinaryLife() {
    for week in 0..<8 {
      for person in 0..<30 {
        let at = Int64(week * 168 + person)
        pay(
          "p\(person)", "shop\(person % 4)", at: at, Int64(2_000 + person * 37 + week * 11), "card")
        pay("firm\(person % 3)", "p\(person)", at: at + 3, Int64(90_000 + person * 101), "ach")
        if person % 3 == 0 { pay("cash\(person)", "p\(person)", at: at + 5, 15_000, "cash") }
      }
    }
  }

  func csv(reversed: Bool = false) -> [UInt8] {
    let lines = (reversed ? rows.reversed() : rows).map(\.text)
    return Array(
      ("tx_id,src,dst,ts,amount_minor,currency,channel\n" + lines.joined(separator: "\n") + "\n")
        .utf8)
  }
}

@Suite("Screening a transfers file")
struct ScreeningTests {
  private func reported(_ bench: Bench) throws -> [ScreeningReport.Finding] {
    try screen(transfersCSV: bench.csv(), law: testLaw).findings.filter(\.reported)
  }

  /// Builds a scheme of each kind and returns the ids of its transfers, in order of payment.
  private func scheme(_ kind: String, in bench: inout Bench) -> [String] {
    var ids: [String] = []
    func arms(_ count: Int, _ step: Int64, _ one: (Int, Int64) -> String) {
      for arm in 0..<count { ids.append(one(arm, 200 + Int64(arm) * step)) }
    }
    switch kind {
    case "fan_in": arms(9, 5) { bench.pay("s\($0)", "hub", at: $1, Int64(5_000 + $0 * 999)) }
    case "fan_out": arms(9, 5) { bench.pay("hub", "s\($0)", at: $1, Int64(5_000 + $0 * 999)) }
    case "scatter_gather":
      arms(4, 2) { bench.pay("boss", "m\($0)", at: $1, Int64(10_000 * ($0 + 1))) }
      arms(4, 2) { bench.pay("m\($0)", "cousin", at: $1 + 30, Int64(9_700 * ($0 + 1))) }
    case "gather_scatter":
      arms(5, 4) { bench.pay("s\($0)", "hub", at: $1, Int64(10_000 + $0 * 500)) }
      arms(4, 4) { bench.pay("hub", "t\($0)", at: $1 + 30, 13_200) }
    case "cycle":
      arms(5, 9) { bench.pay("c\($0)", "c\(($0 + 1) % 5)", at: $1, Int64(50_000 - $0 * 700)) }
    case "pass_through":
      arms(4, 12) { bench.pay("c\($0)", "c\($0 + 1)", at: $1, Int64(50_000 - $0 * 2_000)) }
    case "bipartite":
      arms(6, 8) { bench.pay("l\($0 % 3)", "r\($0 / 3)", at: $1, Int64(1_000 + $0 * 1_777)) }
    case "stacked":
      arms(4, 8) { bench.pay("l\($0 % 2)", "m\($0 / 2)", at: $1, Int64(1_000 + $0 * 1_777)) }
      arms(4, 8) {
        bench.pay("m\($0 % 2)", "r\($0 / 2)", at: $1 + 48, Int64(900 + $0 * 1_333), "wire")
      }
    case "structuring":
      arms(6, 30) {
        bench.pay("courier\($0 % 2)", "till", at: $1, Int64(940_000 + $0 * 9_000), "cash")
      }
    case "funnel":
      arms(10, 6) { bench.pay("s\($0)", "funnel", at: $1, Int64(4_000 + $0 * 311)) }
      ids.append(bench.pay("funnel", "boss", at: 200 + 60 + 5, 52_000, "wire"))
    default: break
    }
    return ids
  }

  static let kinds = [
    "fan_in", "fan_out", "scatter_gather", "gather_scatter", "cycle", "pass_through", "bipartite",
    "stacked", "structuring", "funnel",
  ]

  @Test("each shape is found inside ordinary life with exactly its transfers", arguments: kinds)
  func found(kind: String) throws {
    var bench = Bench()
    bench.ordinaryLife()
    let ids = scheme(kind, in: &bench)
    let findings = try reported(bench)
    #expect(findings.map(\.kind) == [kind])
    #expect(Set(findings.flatMap(\.transfers)) == Set(ids))
    let finding = try #require(findings.first)
    let binding = try #require(finding.measures.compactMap(\.marginBasisPoints).min())
    #expect(finding.score == min(100, binding * 20 / 10_000), "recomputed by hand")
    #expect(!finding.innocentExplanations.isEmpty && !finding.cautions.isEmpty)
    #expect(!finding.accounts.isEmpty)
  }

  /// The scheme with another habit than the labelled sets: every payment by another channel, and each
  /// pair also deals once in another week.
  private func disguised(_ kind: String, alsoDeal: Bool) -> (Bench, Set<String>) {
    var bench = Bench()
    bench.ordinaryLife()
    var plain = Bench()
    _ = scheme(kind, in: &plain)
    let channels = ["wire", "ach", "instant", "card", "cheque"]
    var ids: Set<String> = []
    for (place, row) in plain.rows.enumerated() {
      let fields = row.text.split(separator: ",").map(String.init)
      let (hours, minor) = (((Int64(fields[3]) ?? 0) - plain.start) / 3600, Int64(fields[4]) ?? 0)
      ids.insert(bench.pay(fields[1], fields[2], at: hours, minor, channels[place % 5]))
      if alsoDeal {
        bench.pay(fields[1], fields[2], at: Int64(600 + place * 131 % 690), 4_321, "card")
      }
    }
    return (bench, ids)
  }

  @Test("no channel is asked: the same shapes by mixed channels are found", arguments: kinds)
  func mixedChannels(kind: String) throws {
    let (bench, ids) = disguised(kind, alsoDeal: false)
    let findings = try reported(bench)
    #expect(findings.map(\.kind) == [kind])
    #expect(Set(findings.flatMap(\.transfers)) == ids)
  }

  @Test(
    "that a pair deals once more does not hide the shape",
    arguments: ["fan_in", "fan_out", "scatter_gather", "cycle", "pass_through", "structuring"])
  func dealsOnceMore(kind: String) throws {
    let (bench, ids) = disguised(kind, alsoDeal: true)
    let findings = try reported(bench).filter { $0.kind == kind }
    #expect(Set(findings.flatMap(\.transfers)).isSuperset(of: ids))
  }

  @Test("ordinary life alone, repeated dealings of every shape, reports nothing", arguments: kinds)
  func repeatedDealings(kind: String) throws {
    var bench = Bench()
    bench.ordinaryLife()
    #expect(try reported(bench).isEmpty)
    // The same shape among parties who deal with each other again and again is trade, not a scheme.
    guard kind != "structuring" else { return }
    let first = scheme(kind, in: &bench)
    let rows = bench.rows.filter { first.contains(String($0.id)) }
    for row in rows {
      let fields = row.text.split(separator: ",").map(String.init)
      let hours = (Int64(fields[3]) ?? 0) - bench.start
      bench.pay(fields[1], fields[2], at: hours / 3600 + 600, 1_234, fields[6])
    }
    #expect(try reported(bench).isEmpty)
  }

  @Test("a fan of six is listed but does not reach an analyst")
  func belowTheLine() throws {
    var bench = Bench()
    bench.ordinaryLife()
    for arm in 0..<6 { bench.pay("s\(arm)", "hub", at: 200 + Int64(arm), 5_000) }
    let findings = try screen(transfersCSV: bench.csv(), law: testLaw).findings
    #expect(findings.map(\.kind) == ["fan_in"])
    #expect(findings.map(\.score) == [15] && findings.allSatisfy { !$0.reported })
  }

  @Test("a refund of exactly what was paid is no circle")
  func refund() throws {
    var bench = Bench()
    bench.pay("a", "b", at: 1, 5_000)
    bench.pay("b", "a", at: 20, 5_000)
    #expect(try reported(bench).isEmpty)
  }

  @Test("the order of lines does not change a byte, and keys are snake_case")
  func determinism() throws {
    var bench = Bench()
    bench.ordinaryLife()
    for kind in ["fan_in", "structuring"] { _ = scheme(kind, in: &bench) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let accounts = Array("account,kind,currency,country\nhub,merchant,EUR,NL\n".utf8)
    func text(_ csv: [UInt8]) throws -> String {
      let report = try screen(transfersCSV: csv, accountsCSV: accounts, law: testLaw)
      return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
    let first = try text(bench.csv())
    #expect(try first == text(bench.csv(reversed: true)))
    for key in [
      "\"innocent_explanations\"", "\"not_applicable\"", "\"reported\"", "\"transfers\"",
      "\"margin_basis_points\"", "the accounts file calls the centre merchant",
    ] { #expect(first.contains(key), "\(key)") }
    #expect(first.contains("no entry is recorded as payroll"))
  }

  @Test("a file that is none is refused with line and reason")
  func refusal() {
    #expect(throws: TransferFile.Refusal.self) {
      try screen(transfersCSV: Array("a,b\n1,2\n".utf8), law: testLaw)
    }
  }
}
