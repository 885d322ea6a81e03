import CaseModel
import Detection
import Foundation
import Investigation
import Publishing

/// A case's results as lines for a terminal. Persons appear as the store shows them: pseudonyms.
enum CaseText {
  static func findings(
    _ results: [DetectionResult], in caseFile: CaseFile, codes: [FindingCode] = []
  )
    -> String
  {
    let entries = Dictionary(uniqueKeysWithValues: caseFile.entries.map { ($0.id, $0) })
    var lines: [String] = []
    var index = 0
    for result in results {
      for finding in result.findings {
        let days = finding.entries.compactMap { entries[$0]?.bookedOn }
        let span =
          days.min().map { first in "\(first) to \(days.max() ?? first)" } ?? "no entries"
        let code = index < codes.count ? codes[index].text : finding.detector
        lines.append("\(code)  \(finding.title) (\(finding.strength.rawValue)), \(span)")
        lines.append("  \(finding.sentence)")
        lines.append(
          "  rests on \(finding.entries.count) entries; "
            + finding.measures.map { "\($0.name) \($0.value) (limit \($0.limit))" }
            .joined(separator: "; "))
        if let innocent = finding.innocentExplanations.first {
          lines.append("  could also be: \(innocent)")
        }
        if let truncation = finding.truncation { lines.append("  bound: \(truncation)") }
        index += 1
      }
      if let reason = result.notApplicable {
        lines.append("\(result.detector)  not applicable: \(reason)")
      }
      if let truncation = result.truncation {
        lines.append("\(result.detector)  bound: \(truncation)")
      }
    }
    let quiet = results.filter { $0.findings.isEmpty && $0.notApplicable == nil }
    if !quiet.isEmpty {
      lines.append("nothing found by \(quiet.map(\.detector).joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }

  static func schedule(_ proposal: Proposal) -> String {
    guard proposal.isOpen else {
      return "not open: \(proposal.refusal ?? "the profile does not allow it")"
    }
    var table = TextTable(
      ["no.", "item", "kind", "value", "encumbered", "claimed", "basis", "confidence"],
      right: [0, 3, 4, 5])
    for asset in proposal.assets {
      table.add([
        String(asset.number), asset.item.code.text, asset.item.kind,
        asset.grossValue?.amount.description ?? "not known",
        asset.encumbered?.amount.description ?? "—", asset.claimed?.amount.description ?? "—",
        asset.slices.filter { $0.basis != .notReached }.map(\.basis.rawValue)
          .joined(separator: ", "), asset.confidence.rawValue,
      ])
    }
    var lines = [table.isEmpty ? "no asset is listed in the case sheet" : table.text]
    for total in proposal.claimedPerCurrency { lines.append("claimed: \(total.amount)") }
    if let benefit = proposal.benefit?.total { lines.append("benefit: \(benefit.amount)") }
    if let order = proposal.valueOrder { lines.append("value order: \(order.amount)") }
    return lines.joined(separator: "\n")
  }

  static func drafted(
    _ outcome: Investigation.Outcome, _ files: [PublishedFile], folder: String
  ) -> String {
    var table = TextTable(["file", "pages", "bytes", "SHA-256"], right: [1, 2])
    for file in files {
      table.add([
        file.name, file.pages.map(String.init) ?? "—", String(file.byteCount),
        String(file.sha256.hex.prefix(16)) + "…",
      ])
    }
    return table.text + "\nrun \(outcome.manifest.runHash.hex.prefix(16))… in \(folder)/"
  }
}
