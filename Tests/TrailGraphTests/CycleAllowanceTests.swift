import CaseModel
import TestSupport
import Testing
import TrailGraph

@Suite("A busy account does not use up the search for circles")
struct CycleAllowanceTests {
  /// A hub (0) that pays and is paid by many, and after it a circle of three others.
  private func trail() -> Trail {
    var columns = TransferColumns()
    func add(_ from: Int32, _ to: Int32, _ time: Int64) {
      columns.append(
        source: from, destination: to, time: time, amountMinor: 100, currency: 0, channel: 0,
        entry: Int64(columns.count))
    }
    for other in Int32(10)..<60 { add(0, other, Int64(other)) }
    for other in Int32(10)..<60 { add(other, 0, 1_000 + Int64(other)) }
    add(1, 2, 100)
    add(2, 3, 200)
    add(3, 1, 300)
    return Trail(columns: columns, names: Trail.Names(accountCount: 60, currencies: [.unstated]))
  }

  private func found(limit: Int, each: Int) -> (cycles: [[Int32]], truncation: String?) {
    let trail = trail()
    var search = Trail.CycleSearch(lengths: 2...3, window: 10_000, visitLimit: limit)
    search.visitLimitEach = each
    var cycles: [[Int32]] = []
    let end = trail.forEachTemporalCycle(
      search, continues: { _, _ in true },
      found: { cycles.append($0.map { trail.source[$0] }) })
    return (cycles, end.truncation)
  }

  @Test("without a limit for each, the hub's circles and the others' are found")
  func whole() {
    let all = found(limit: .max - 1, each: .max)
    #expect(all.truncation == nil)
    #expect(all.cycles.count == 51)
    #expect(all.cycles.contains([1, 2, 3]))
  }

  @Test(
    "one limit for everything stops at the hub; one for each first edge finds what lies after it")
  func each() {
    let stopped = found(limit: 200, each: .max)
    #expect(!stopped.cycles.contains([1, 2, 3]))
    #expect(stopped.truncation?.contains("before account") == true)
    let shared = found(limit: .max - 1, each: 20)
    #expect(shared.cycles == [[1, 2, 3]])
    #expect(
      shared.truncation == "cycle search stopped at 20 edges looked at, for 50 first edges")
  }
}
