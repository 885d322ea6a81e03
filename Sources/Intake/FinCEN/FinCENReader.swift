// Walks FinCEN e-filing batches: reports and acknowledgements.

import CaseModel

/// Reads one batch. Two passes: the form is named behind the activities, and the counts of the root are
/// compared with what the batch holds; one activity is in memory at a time.
///
/// Source: FinCEN BSA electronic filing XML schemas 2.0 (SARX, CTRX, 8300X, FBARX, DOEPX).
struct FinCENReader {
  private let outlet: RecordOutlet
  private let options: ReadingOptions
  private var batches: [FinCENBatch] = []

  init(_ outlet: RecordOutlet, options: ReadingOptions) {
    self.outlet = outlet
    self.options = options
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` when it is no XML that may be read or holds no batch, and what the sink
  ///   throws.
  mutating func read() throws {
    var found: [FinCENBatch] = []
    try XMLPull.read(outlet.file, limits: options.limits) { pull in
      try each(batch: pull) { path in found.append(try gather(path, pull)) }
    }
    guard !found.isEmpty else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: outlet.file.name, at: .line(1),
          found: "XML that is no FinCEN batch", expected: "EFilingBatchXML")
      ])
    }
    try XMLPull.read(outlet.file, limits: options.limits) { pull in
      var number = 0
      try each(batch: pull) { path in
        try self.batch(found[number], path, pull)
        number += 1
      }
    }
  }

  private func each(batch pull: XMLPull, _ body: (String) throws -> Void) throws {
    var path: [String] = []
    while true {
      switch try pull.next() {
      case .finished: return
      case .text: break
      case .end: path.removeLast()
      case .start(let name):
        path.append(name)
        if name == "EFilingBatchXML" {
          try body("/" + path.joined(separator: "/"))
          path.removeLast()
        }
      }
    }
  }

  private func gather(_ path: String, _ pull: XMLPull) throws -> FinCENBatch {
    var batch = FinCENBatch(attributes: pull.attributes())
    while true {
      switch try pull.next() {
      case .finished, .end:
        pull.cutText = false
        return batch
      case .text: break
      case .start("Activity"): batch.add(try pull.element("Activity"))
      case .start("FormTypeCode"): batch.form = try pull.element("FormTypeCode").token
      case .start: try pull.skip()
      }
    }
  }

  private func batch(_ batch: FinCENBatch, _ path: String, _ pull: XMLPull) throws {
    var number = 0
    while true {
      switch try pull.next() {
      case .finished, .end:
        try checkCounts(batch, path)
        return
      case .text: break
      case .start("Activity"):
        number += 1
        let place = "\(path)/Activity[\(number)]"
        let element = try pull.element("Activity")
        try outlet.reportCut(pull, at: place)
        try activity(element, batch, place, number)
      case .start("EFilingSubmissionXML"):
        try acknowledgement(
          try pull.element("EFilingSubmissionXML"), path + "/EFilingSubmissionXML")
      case .start: try pull.skip()
      }
    }
  }

  private func activity(
    _ element: XMLElement, _ batch: FinCENBatch, _ path: String, _ number: Int
  ) throws {
    try outlet.meet()
    let activity = FinCENActivity(
      element: element, form: batch.form,
      parties: FinCENParties(outlet: outlet, filed: element.value("FilingDateText")), path: path)
    let (parties, entities) = activity.everyone(id: "Activity-\(number)")
    do {
      var record = try activity.record(at: outlet.place(path))
      record.parties = parties
      try outlet.record(record)
    } catch let fault as CamtFault {
      try outlet.setAside(fault, at: path, raw: element.markup)
    }
    for entity in entities { try outlet.state(entity) }
  }

  /// What the system answered to each report: its number there, and the faults it found.
  private func acknowledgement(_ element: XMLElement, _ path: String) throws {
    for (index, answer) in element.all("EFilingActivityXML").enumerated() {
      try outlet.meet()
      var record = PaymentRecord(
        locator: outlet.place("\(path)/EFilingActivityXML[\(index + 1)]"), kind: .info,
        recordType: "fincen.acknowledgement", status: element.attributes["StatusCode"], amounts: [])
      record.references["bsa-id"] = answer.value("BSAID")
      answer.addRest(to: &record.details, except: ["BSAID"])
      try outlet.record(record)
    }
  }

  /// Counts and sum in the attributes of the root against the batch. The guides of the forms count
  /// different parties under `PartyCount`: all, those of the report itself, or its subjects.
  private func checkCounts(_ batch: FinCENBatch, _ path: String) throws {
    func check(_ name: String, _ admissible: [Int], _ what: String) throws {
      guard let text = batch.attributes[name], Int(text).map(admissible.contains) != true else {
        return
      }
      try outlet.report(
        .warning, "W-CTRL", outlet.place("\(path)/@\(name)"),
        "\(Issue.escaped(text)) announced, \(admissible.map(String.init).joined(separator: " or ")) \(what) read",
        "equal figures; ask the sender whether records are missing")
    }
    guard batch.activities > 0 || batch.attributes["ActivityCount"] != nil else { return }
    try check("ActivityCount", [batch.activities], "activities")
    try check("PartyCount", batch.partyCounts, "parties")
    if batch.accounts > 0 || batch.form == "FBARX" {
      try check("AccountCount", [batch.accounts], "accounts")
    }
    guard let text = batch.attributes["TotalAmount"], let total = batch.total else { return }
    if Int128(text) != total {
      try outlet.report(
        .warning, "W-CTRL", outlet.place("\(path)/@TotalAmount"),
        "\(Issue.escaped(text)) USD announced, \(total) USD read",
        "equal figures; ask the sender whether records are missing")
    }
  }
}

/// What the first pass learnt of a batch.
struct FinCENBatch {
  let attributes: [String: String]
  /// `SARX`, `CTRX` …; nil for acknowledgements.
  var form: String?
  private(set) var activities = 0
  private(set) var accounts = 0
  private var partyCodes: [String: Int] = [:]
  /// Whole dollars of cash in and out; nil once an amount could not be read.
  private(set) var total: Int128? = 0

  init(attributes: [String: String]) { self.attributes = attributes }

  mutating func add(_ activity: XMLElement) {
    activities += 1
    for party in activity.all("Party") {
      partyCodes[party.value("ActivityPartyTypeCode") ?? "", default: 0] += 1
    }
    accounts += Self.count("Account", in: activity)
    for name in ["TotalCashInReceiveAmountText", "TotalCashOutAmountText"] {
      guard let text = activity.value("CurrencyTransactionActivity/" + name) else { continue }
      guard let sum = total, let amount = Int64(text) else {
        total = nil
        continue
      }
      total = sum + Int128(amount)
    }
  }

  /// All parties; without the transmitter and its contact; the subjects; those who hold accounts.
  var partyCounts: [Int] {
    let all = partyCodes.values.reduce(0, +)
    let transmitters = ["35", "37"].reduce(0) { $0 + (partyCodes[$1] ?? 0) }
    let filer = partyCodes["15"] ?? 0
    var counts: [Int] = []
    for count in [all, all - transmitters, all - transmitters - filer, partyCodes["33"] ?? 0]
    where !counts.contains(count) { counts.append(count) }
    return counts
  }

  private static func count(_ name: String, in element: XMLElement) -> Int {
    element.children.reduce(0) { $0 + ($1.name == name ? 1 : 0) + count(name, in: $1) }
  }
}
