// What stands beside a traced figure: agreement, the highest figure, dependence on what is not known.

import CaseModel
import Confiscation
import Legislation
import Testing

@Suite("Remarks on the method of an item")
struct MethodRemarkTests {
  private func small() -> SmallCase {
    var small = SmallCase()
    small.book("A", 10_000_000, on: "2024-02-01", with: "CUST", "fee")
    small.matter.property = [small.item("P-1", price: "100000.00", value: "100000.00")]
    return small
  }

  private func table(_ small: SmallCase, _ amounts: String...) -> SensitivityTable {
    SensitivityTable(
      columns: amounts.map { _ in .init(method: "libr", sameDayOrder: .bankSequence) },
      rows: [.init(place: .asset(PropertyCode("P-1")), tainted: amounts.map(small.money))])
  }

  private func asset(
    _ small: SmallCase, _ table: SensitivityTable, bounds: [PlaceBounds] = []
  ) throws -> ScheduledAsset {
    let run = small.run([small.asset("P-1", "T", "100000.00")], bounds: bounds)
    let proposal = try propose(
      track: .nonConvictionBased, caseFile: small.caseFile, law: try Law(profile: "gb"), run: run,
      sensitivity: table, findings: [])
    return try #require(proposal.assets.first)
  }

  private func bounds(
    _ small: SmallCase, orders: (String, String)? = nil, records: (String, String?)? = nil
  ) -> PlaceBounds {
    PlaceBounds(
      place: .asset(PropertyCode("P-1")), traced: small.money("100000.00"),
      overOrders: orders.map {
        TracedInterval(
          lowest: small.money($0.0), highest: small.money($0.1), isExact: true,
          reasons: ["Two entries of 2024-02-01 may have been booked either way."])
      },
      overRecords: records.map {
        TracedInterval(
          lowest: small.money($0.0), highest: $0.1.map(small.money), isExact: false,
          reasons: ["May 2024 is missing."])
      })
  }

  @Test("Where all methods agree the row says so, and confidence is high")
  func agreement() throws {
    let small = small()
    let asset = try asset(
      small, table(small, "100000.00", "100000.00"),
      bounds: [
        bounds(small, orders: ("100000.00", "100000.00"), records: ("100000.00", "100000.00"))
      ])
    #expect(asset.remarks.contains("All methods and orders compared trace the same sum into it."))
    #expect(asset.confidence == .high)
    #expect(!asset.remarks.contains { $0.contains("depends on") })
  }

  @Test("The highest figure is said to be the highest; a lower one is not")
  func highest() throws {
    let small = small()
    let high = try asset(small, table(small, "100000.00", "40000.00"))
    #expect(high.remarks.contains { $0.contains("is the highest of those compared") })
    #expect(high.confidence == .medium)
    let low = try asset(small, table(small, "100000.00", "140000.00"))
    #expect(!low.remarks.contains { $0.contains("the highest of those compared") })
  }

  @Test("A figure that depends on the order of a day, or on missing records, is medium at most")
  func dependence() throws {
    let small = small()
    let same = table(small, "100000.00")
    let orders = try asset(
      small, same, bounds: [bounds(small, orders: ("60000.00", "100000.00"))])
    #expect(orders.confidence == .medium)
    #expect(
      orders.confidenceReason.hasPrefix(
        "The traced sum depends on the order of the entries of a day"))
    #expect(
      orders.remarks.contains {
        $0.contains("the order of the entries of a day")
          && $0.contains(small.money("60000.00").text)
      })
    let records = try asset(small, same, bounds: [bounds(small, records: ("60000.00", nil))])
    #expect(records.confidence == .medium)
    #expect(
      records.remarks.contains {
        $0.contains("records that are missing")
          && $0.contains("at least \(small.money("60000.00").text)")
          && $0.contains("outer limits")
      })
  }
}
