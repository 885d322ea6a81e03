import CaseModel
import Detection
import Foundation
import TestSupport
import Testing

/// Screening against the labelled sets beside the checkout: a guard against getting worse, no measure of
/// how well unknown schemes are found; both sets were looked at whole while the rules were written. The
/// second test takes away what the generator does and a schemer need not. The sets are skipped, and
/// said to be, when they are not there.
@Suite("Screening the labelled sets")
struct LabelledSetTests {
  struct Pattern {
    let kind: String
    var transfers: Set<String> = []
  }

  /// The bytes of a gzip file through the system's own program.
  private func unpacked(_ path: String) throws -> [UInt8] {
    let url = try #require(SharedMaterial.url(path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  private func patterns(_ path: String) throws -> [Pattern] {
    let url = try #require(SharedMaterial.url(path))
    var patterns: [String: Pattern] = [:]
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      patterns[fields[0], default: Pattern(kind: fields[1])].transfers.insert(fields[3])
    }
    return patterns.keys.sorted().compactMap { patterns[$0] }
  }

  /// Precision and recall of transfers and recall of patterns, in per cent, from so many fifths of the
  /// time on.
  private func judge(
    _ set: String, fromFifth fifth: Int64,
    change: (([UInt8], _ labelled: Set<String>) -> [UInt8])? = nil
  ) throws -> (precision: Int, recall: Int, patterns: Int) {
    var csv = try unpacked("data/aml-bench/\(set).csv.gz")
    let truth = try patterns("data/aml-bench/\(set).truth.csv")
    if let change { csv = change(csv, Set(truth.flatMap(\.transfers))) }
    let report = try screen(transfersCSV: csv, law: testLaw)
    var times: [String: Int64] = [:]
    for line in String(decoding: csv, as: UTF8.self).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", maxSplits: 4)
      times[String(fields[0])] = Int64(fields[3])
    }
    let (first, last) = (times.values.min() ?? 0, times.values.max() ?? 0)
    let cut = first + (last - first) * fifth / 5
    func isLate(_ transfer: String) -> Bool { (times[transfer] ?? 0) >= cut }
    let found = report.findings.filter(\.reported)
    let reported = Set(found.flatMap(\.transfers).filter(isLate))
    let labelled = Set(truth.flatMap(\.transfers).filter(isLate))
    let right = reported.intersection(labelled).count
    let late = truth.filter { $0.transfers.allSatisfy(isLate) }
    let hit = late.count { pattern in
      found.contains {
        $0.kind == pattern.kind
          && pattern.transfers.intersection($0.transfers).count * 2 >= pattern.transfers.count
      }
    }
    return (
      right * 100 / max(1, reported.count), right * 100 / max(1, labelled.count),
      hit * 100 / max(1, late.count)
    )
  }

  @Test(
    "the generated set: 95 of 100 reported transfers are right, 95 of 100 are found, and the patterns too",
    .enabled(if: SharedMaterial.url("data/aml-bench/generated-dev.csv.gz") != nil))
  func generated() throws {
    let result = try judge("generated-dev", fromFifth: 4)
    #expect(result.precision >= 95 && result.recall >= 95 && result.patterns >= 95, "\(result)")
  }

  /// The labelled transfers by channels drawn from the ordinary ones, their amounts moved by up to a
  /// hundredth and their times by up to twenty minutes, and each labelled pair with an ordinary payment
  /// at an ordinary time besides. Drawn by a fixed congruence, so that every run sees the same file.
  private func disguise(_ csv: [UInt8], _ labelled: Set<String>) -> [UInt8] {
    var lines = String(decoding: csv, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let header = lines.removeFirst()
    let ordinary = lines.filter { !labelled.contains($0[0]) }
    var state: UInt64 = 11
    func draw(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
    var number = lines.count
    var more: [[String]] = []
    for place in lines.indices where labelled.contains(lines[place][0]) {
      let (time, amount) = (Int64(lines[place][3]) ?? 0, Int64(lines[place][4]) ?? 0)
      lines[place][6] = ordinary[draw(ordinary.count)][6]
      lines[place][3] = String(time + Int64(draw(2_401)) - 1_200)
      lines[place][4] = String(max(1, amount * Int64(9_900 + draw(201)) / 10_000))
      let (when, what) = (ordinary[draw(ordinary.count)], ordinary[draw(ordinary.count)])
      var also = lines[place]
      (also[0], also[3], also[4], also[6]) = (String(number), when[3], what[4], what[6])
      more.append(also)
      number += 1
    }
    let text = ([header] + lines + more).map { $0.joined(separator: ",") }
    return Array((text.joined(separator: "\n") + "\n").utf8)
  }

  @Test(
    "the generated set without its habits: 93 of 100 are right, 93 are found, and 90 of the patterns",
    .enabled(if: SharedMaterial.url("data/aml-bench/generated-dev.csv.gz") != nil))
  func disguised() throws {
    let result = try judge("generated-dev", fromFifth: 0, change: disguise)
    #expect(result.precision >= 93 && result.recall >= 93 && result.patterns >= 90, "\(result)")
  }

  @Test(
    "the AMLGentex set: three of four reported transfers are right and four of five are found, three of four of the last fifth",
    .enabled(if: SharedMaterial.url("data/aml-bench/amlgentex-dev.csv.gz") != nil))
  func amlgentex() throws {
    let result = try judge("amlgentex-dev", fromFifth: 0)
    #expect(result.precision >= 77 && result.recall >= 82, "\(result)")
    let late = try judge("amlgentex-dev", fromFifth: 4)
    #expect(late.precision >= 75 && late.recall >= 70, "\(late)")
  }

  /// That simulator writes the schemes' transfers last in each day, so that the hour gives them away. Here the second
  /// within the day is drawn anew.
  @Test(
    "the AMLGentex set without its hours: seven of ten reported transfers are right, six of ten are found",
    .enabled(if: SharedMaterial.url("data/aml-bench/amlgentex-dev.csv.gz") != nil))
  func withoutHours() throws {
    let result = try judge("amlgentex-dev", fromFifth: 0, change: redrawHours)
    #expect(result.precision >= 70 && result.recall >= 60, "\(result)")
  }

  private func redrawHours(_ csv: [UInt8], _ labelled: Set<String>) -> [UInt8] {
    var state: UInt64 = 7
    var lines = String(decoding: csv, as: UTF8.self).split(separator: "\n").map(String.init)
    for place in lines.indices.dropFirst() {
      var fields = lines[place].split(separator: ",").map(String.init)
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let day = (Int64(fields[3]) ?? 0) / 86_400
      fields[3] = String(day * 86_400 + Int64((state >> 33) % 86_400))
      lines[place] = fields.joined(separator: ",")
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
