// Walks goAML reports and pushes header, transactions, activities and everyone they name.

import CaseModel

/// Reads goAML reports of versions 2 to 5, whatever order their elements have. Two passes: the first
/// gathers the headers, the second reads one transaction at a time.
///
/// Source: UNODC goAML schema documents; formats.md §5.3. Code lists are national: codes are kept as
/// stated, under the name of the element that carries them.
struct GoAMLReader {
  private let outlet: RecordOutlet
  private let options: ReadingOptions
  private var reports: [GoAMLReport] = []

  init(_ outlet: RecordOutlet, options: ReadingOptions) {
    self.outlet = outlet
    self.options = options
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` when it is no XML that may be read or holds no report, and what the sink
  ///   throws.
  mutating func read() throws {
    try XMLPull.read(outlet.file, limits: options.limits) { pull in try gather(pull) }
    guard !reports.isEmpty else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: outlet.file.name, at: .line(1),
          found: "XML that is no goAML report", expected: "a report with rentity_id and report_code"
        )
      ])
    }
    try XMLPull.read(outlet.file, limits: options.limits) { pull in
      var number = 0
      try each(report: pull) { path in
        try self.report(reports[number], path, pull)
        number += 1
      }
    }
  }

  /// Calls `body` at the start of every report; it reads to the report's end.
  private func each(report pull: XMLPull, _ body: (String) throws -> Void) throws {
    var path: [String] = []
    while true {
      switch try pull.next() {
      case .finished: return
      case .text: break
      case .end: path.removeLast()
      case .start(let name):
        if name == "report" {
          try body("/" + (path + [name]).joined(separator: "/"))
        } else {
          path.append(name)
        }
      }
    }
  }

  private mutating func gather(_ pull: XMLPull) throws {
    var found: [GoAMLReport] = []
    try each(report: pull) { path in
      var report = GoAMLReport(path: path)
      reading: while true {
        switch try pull.next() {
        case .finished, .end: break reading
        case .text: break
        case .start("transaction"), .start("activity"): try pull.skip()
        case .start(let name): report.parts.append(try pull.element(name))
        }
      }
      found.append(report)
    }
    pull.cutText = false
    // A root named `report` alone is no goAML: many systems write one.
    let telling: Set<String> = ["rentity_id", "report_code", "submission_code", "entity_reference"]
    guard found.contains(where: { $0.parts.contains { telling.contains($0.name) } }) else { return }
    reports = found
  }

  // MARK: One report

  private func report(_ report: GoAMLReport, _ path: String, _ pull: XMLPull) throws {
    let writer = GoAMLEntities(outlet: outlet, report: report)
    try header(report, path, writer)
    var numbers: [String: Int] = [:]
    var seen: Set<String> = []
    while true {
      switch try pull.next() {
      case .finished, .end: return
      case .text: break
      case .start(let name):
        guard name == "transaction" || name == "activity" else {
          try pull.skip()
          continue
        }
        numbers[name, default: 0] += 1
        let place = "\(path)/\(name)[\(numbers[name] ?? 1)]"
        let element = try pull.element(name)
        try outlet.reportCut(pull, at: place)
        if name == "transaction" {
          try transaction(element, report, place, numbers[name] ?? 1, &seen, writer)
        } else {
          try activity(element, report, place, numbers[name] ?? 1, writer)
        }
      }
    }
  }

  private func header(_ report: GoAMLReport, _ path: String, _ writer: GoAMLEntities) throws {
    try outlet.meet()
    var record = PaymentRecord(
      locator: outlet.place(path), kind: .report, recordType: "goaml.report",
      status: report.value("submission_code"), amounts: [])
    record.references = report.references
    record.executedOn = report.submittedOn
    record.purpose = report.element.whole("reason")
    record.details["indicators"] =
      report.indicators.isEmpty ? nil : report.indicators.joined(separator: " ")
    report.element.addRest(
      to: &record.details,
      except: [
        "rentity_id", "entity_reference", "report_code", "fiu_ref_number", "submission_code",
        "prev_rejected_ref_number", "reason", "report_indicators", "reporting_person",
      ])
    var entities: [StatedEntity] = []
    if let person = report.parts.first(where: { $0.name == "reporting_person" }) {
      let id = writer.prefix + "/reporting_person"
      entities = writer.person(person, id: id, at: path + "/reporting_person")
      record.parties = [writer.party(.reporter, of: entities, id: id)]
    }
    if report.currency == nil {
      try outlet.report(
        .warning, "W-CCY-UNSTATED", outlet.place(path + "/currency_code_local"),
        "a report without a usable currency_code_local",
        "an ISO 4217 code; its local amounts cannot be read")
    }
    try outlet.record(record)
    for entity in entities { try outlet.state(entity) }
  }

  private func transaction(
    _ element: XMLElement, _ report: GoAMLReport, _ path: String, _ number: Int,
    _ seen: inout Set<String>, _ writer: GoAMLEntities
  ) throws {
    try outlet.meet()
    let stated = element.value("transactionnumber")
    let id = writer.prefix + "/" + (stated ?? "transaction-\(number)")
    let locator = outlet.place(path)
    if let stated, !seen.insert(stated).inserted {
      try outlet.report(
        .warning, "W-DUP-ID", locator, "the transaction number of an earlier transaction",
        "one number a transaction; each is kept as a transaction of its own")
    }
    let transaction = GoAMLTransaction(
      element: element, report: report, writer: writer, id: id, path: path)
    do {
      let (record, entities) = try transaction.record(at: locator)
      try outlet.record(record)
      for entity in entities { try outlet.state(entity) }
    } catch let fault as CamtFault {
      try outlet.setAside(fault, at: path, raw: element.markup)
      // Whom an unusable transaction names is still known.
      for entity in transaction.allEntities() { try outlet.state(entity) }
    }
  }

  private func activity(
    _ element: XMLElement, _ report: GoAMLReport, _ path: String, _ number: Int,
    _ writer: GoAMLEntities
  ) throws {
    try outlet.meet()
    var record = PaymentRecord(
      locator: outlet.place(path), kind: .report, recordType: "goaml.activity", amounts: [])
    record.references = report.references
    record.executedOn = report.submittedOn
    record.details["indicators"] =
      report.indicators.isEmpty ? nil : report.indicators.joined(separator: " ")
    let id = writer.prefix + "/activity-\(number)"
    let parties =
      (element.at("report_parties")?.all("report_party") ?? [])
      + element.all("report_party")
    var entities: [StatedEntity] = []
    for (index, part) in parties.enumerated() {
      let place = "\(path)/report_parties/report_party[\(index + 1)]"
      let (party, found) = writer.side(
        part, role: .other, id: "\(id)/party-\(index + 1)", at: place)
      record.parties.append(party)
      entities += found
    }
    let items = element.at("goods_services")?.all("item") ?? []
    for (index, item) in items.enumerated() {
      entities.append(
        writer.item(
          item, id: "\(id)/item-\(index + 1)", at: "\(path)/goods_services/item[\(index + 1)]",
          currency: report.currency))
    }
    element.addRest(
      to: &record.details,
      except: ["report_parties", "report_party", "goods_services"])
    try outlet.record(record)
    for entity in entities { try outlet.state(entity) }
  }
}
