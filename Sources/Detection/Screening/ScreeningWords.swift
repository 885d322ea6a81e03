import CaseModel

/// The other side of each shape, for screening.
enum ScreeningWords {
  static let innocentExplanations: [String: [String]] = [
    "fan_in": FanIn.innocentExplanations,
    "fan_out": ["A payroll or supplier run.", "Refunds after a cancelled event."],
    "gather_scatter": ["A platform or club clears what its members owe one another."],
    "scatter_gather": ["A family or group of friends buys something together."],
    "cycle": TemporalCycle.innocentExplanations,
    "bipartite": ["Buyers and sellers of one market.", "Branches of two firms settle accounts."],
    "stacked": ["A supply chain pays its tiers.", "Correspondent banks or agents pass orders on."],
    "pass_through": ["Agents who earn a commission hand on a client's money."],
    "structuring": Structuring.innocentExplanations,
    "alike": ["Likeness is no shape: honest dealings have the same hours, sums and parties."],
    "funnel": [
      "A travelling trader, or a student supported from home.",
      "A collection that its treasurer pays out.",
    ],
  ]
}

/// The column `kind` of an accounts file. Nothing else of it is read.
struct AccountKinds {
  private var kinds: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    var columns: (account: Int, kind: Int)?
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      if let columns {
        guard fields.count > max(columns.account, columns.kind) else { continue }
        kinds[fields[columns.account]] = fields[columns.kind]
      } else {
        guard let account = fields.firstIndex(of: "account"),
          let kind = fields.firstIndex(of: "kind")
        else { return }
        columns = (account, kind)
      }
    }
  }

  func kind(of account: String) -> String? { kinds[account] }
}
