// Batches: what the details of an entry add up to, and the charges it names.

import CaseModel

extension CamtEntry {
  /// Figures of one NtryDtls block.
  struct Batch {
    var count = 0
    /// False once a detail states no amount of its own.
    var isSummable = true
    /// Amounts with their own direction: true for credit, nil when not stated.
    var amounts: [(money: Money, isCredit: Bool?)] = []
  }

  /// Takes one TxDtls.
  /// - Parameter block: 1-based number of its NtryDtls.
  mutating func add(_ element: XMLElement, block: Int) {
    detailCount += 1
    if detailCount == 1 { detail = element }
    var batch = batches[block] ?? Batch()
    batch.count += 1
    if let amount = Self.ownAmount(of: element) {
      batch.amounts.append(amount)
      if batch.amounts.count > 4096 { Self.fold(&batch) }
    } else {
      batch.isSummable = false
    }
    batches[block] = batch
  }

  /// Details of a very large batch, added up by currency and direction so that memory stays flat.
  static func fold(_ batch: inout Batch) {
    var totals: [String: (money: Money, isCredit: Bool?)] = [:]
    for (money, isCredit) in batch.amounts {
      let key = money.currency.code + (isCredit.map { $0 ? "C" : "D" } ?? "?")
      let before = totals[key]?.money.minorUnits ?? 0
      let (sum, overflow) = before.addingReportingOverflow(money.minorUnits)
      if overflow { batch.isSummable = false }
      totals[key] = (Money(minorUnits: sum, currency: money.currency), isCredit)
    }
    batch.amounts = totals.sorted { $0.key < $1.key }.map(\.value)
  }

  static func ownAmount(of element: XMLElement) -> (money: Money, isCredit: Bool?)? {
    let source = element["Amt"] ?? element.at("AmtDtls/TxAmt/Amt")
    guard let source, let money = try? CamtAmount.money(source, path: "") else { return nil }
    return (money, element.value("CdtDbtInd").map { $0 == "CRDT" })
  }

  /// Compares each block of details with what it announces and with the entry. The entry alone enters
  /// the balance; what its details do not explain is said, never spread over them.
  func batchWarnings(
    _ entry: inout StatementEntry, _ element: XMLElement, isCredit: Bool
  ) -> [CamtFault] {
    var warnings: [CamtFault] = []
    let blocks = element.all("NtryDtls")
    for (index, block) in blocks.enumerated() {
      let path = index == 0 ? "/NtryDtls" : "/NtryDtls[\(index + 1)]"
      let batch = batches[index + 1] ?? Batch()
      let stated = block.value("Btch/NbOfTxs").flatMap { Int($0) }
      entry.references["batch-id"] =
        entry.references["batch-id"] ?? block.value("Btch/PmtInfId") ?? block.value("Btch/MsgId")
      var found: [String] = []
      if let stated {
        entry.references["batch-count"] = entry.references["batch-count"] ?? String(stated)
        if stated != batch.count { found.append("\(stated) stated, \(batch.count) details") }
      }
      let isWhole = blocks.count == 1
      if let total = block.at("Btch/TtlAmt"),
        let money = try? CamtAmount.money(total, path: "")
      {
        entry.references["batch-sum"] = entry.references["batch-sum"] ?? money.description
        if isWhole, money.currency == entry.amount.currency, money != entry.amount.magnitude {
          found.append("\(money) stated for an entry of \(entry.amount.magnitude)")
        }
      }
      if isWhole, batch.count > 0,
        let rest = Self.remainder(batch, entry.amount, isCredit: isCredit), !rest.isZero
      {
        entry.references["batch-not-itemised"] = rest.description
        found.append("details that leave \(rest) of \(entry.amount.magnitude) not itemised")
      }
      if !found.isEmpty {
        warnings.append(
          CamtFault(
            code: "W-BATCH", path: path, found: found.joined(separator: "; "),
            expected: "details that add up to the entry; the entry's own amount rules"))
      }
    }
    if detailCount > 1 { entry.references["details"] = String(detailCount) }
    return warnings
  }

  /// Entry − Σ details, as a magnitude in the entry's direction. Nil when a detail states no amount in
  /// the entry's currency; a single detail without one takes the entry's.
  static func remainder(_ batch: Batch, _ amount: Money, isCredit: Bool) -> Money? {
    guard batch.isSummable else { return nil }
    var sum: Int128 = 0
    for (money, direction) in batch.amounts {
      guard money.currency == amount.currency else { return nil }
      sum += Int128(direction ?? isCredit == isCredit ? money.minorUnits : -money.minorUnits)
    }
    guard let rest = Int64(exactly: Int128(amount.magnitude.minorUnits) - sum) else { return nil }
    return Money(minorUnits: rest, currency: amount.currency)
  }

  /// Charges with the amount and whether they are inside the entry's amount.
  static func charges(_ element: XMLElement) -> [String: String]? {
    var included: [String] = []
    var separate: [String] = []
    for block in element.all("Chrgs") {
      let records = block["Rcrd"] == nil ? [block] : block.all("Rcrd")
      for record in records {
        guard let money = try? CamtAmount.money(record["Amt"], path: ""), !money.isZero else {
          continue
        }
        let bearer = record.value("Br").map { " \($0)" } ?? ""
        if ["true", "1"].contains(record.value("ChrgInclInd")) {
          included.append(money.description + bearer)
        } else {
          separate.append(money.description + bearer)
        }
      }
    }
    var found: [String: String] = [:]
    if !included.isEmpty { found["charges-included"] = included.joined(separator: "; ") }
    if !separate.isEmpty { found["charges-separate"] = separate.joined(separator: "; ") }
    return found.isEmpty ? nil : found
  }
}
