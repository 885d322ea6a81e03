// Reads the response of an institution to an authority's request, and the messages inside it.

import CaseModel

/// Each return indicator, what was searched and what came of it, is one record about the request. The
/// account or customer that was searched for becomes entities. Statements and payment messages that a
/// result encloses are read by their own readers from the same file.
///
/// Source: ISO 20022 auth.002.001.01, Information Request Response; formats.md §1.1.
struct AuthorityResponseReader {
  private let file: InputFile
  private let options: ReadingOptions
  private let sink: any StatementSink
  private let outlet: RecordOutlet
  private var responses = 0
  private var holdsStatements = false
  private var holdsPayments = false

  init(_ file: InputFile, options: ReadingOptions, sink: any StatementSink) {
    self.file = file
    self.options = options
    self.sink = sink
    outlet = RecordOutlet(file, options: options, sink: sink)
  }

  /// Reads the whole file.
  /// - Throws: `FileRefusal` when it is no XML that may be read or holds no response, and what the
  ///   sink throws.
  mutating func read() throws {
    try XMLPull.read(file, limits: options.limits) { pull in try walk(pull) }
    guard responses > 0 else {
      throw FileRefusal([
        Issue(
          .error, "E-UNKNOWN-FORMAT", file: file.name, at: .line(1),
          found: "XML that is no response to an authority", expected: "InfReqRspn (auth.002)")
      ])
    }
    if holdsStatements {
      var reader = CamtReader(file, options: options, sink: sink)
      try reader.read(alone: false)
    }
    if holdsPayments {
      var reader = ISOPaymentReader(outlet, options: options)
      try reader.read(alone: false)
    }
  }

  private mutating func walk(_ pull: XMLPull) throws {
    var path: [String] = []
    while true {
      switch try pull.next() {
      case .finished: return
      case .text: break
      case .end: path.removeLast()
      case .start(let name):
        path.append(name)
        guard name == "InfReqRspn" else { continue }
        responses += 1
        let here = "/" + path.joined(separator: "/")
        if pull.namespace?.contains("auth.002.001.") != true {
          try outlet.report(
            .warning, "W-VERSION", outlet.place(here), "no namespace of auth.002",
            "a version of auth.002; read by element names")
        }
        try response(here, pull)
        path.removeLast()
      }
    }
  }

  private mutating func response(_ path: String, _ pull: XMLPull) throws {
    var head = XMLElement(name: "InfReqRspn")
    var searched: [AuthoritySearch] = []
    var number = 0
    while true {
      switch try pull.next() {
      case .finished, .end:
        if number == 0 { try record(XMLElement(name: "InfReqRspn"), head, searched, path) }
        return
      case .text: break
      case .start("SchCrit"):
        let element = try pull.element("SchCrit")
        let search = AuthoritySearch(element, head: head, outlet: outlet, path: path + "/SchCrit")
        searched.append(search)
        for entity in search.entities { try outlet.state(entity) }
      case .start("RtrInd"):
        number += 1
        let place = "\(path)/RtrInd[\(number)]"
        try record(try result(pull), head, searched, place)
        try outlet.reportCut(pull, at: place)
      case .start(let name): head.children.append(try pull.element(name))
      }
    }
  }

  /// One RtrInd without the messages inside it, which their own readers take from the file.
  private mutating func result(_ pull: XMLPull) throws -> XMLElement {
    var open = [XMLElement(name: "RtrInd")]
    while true {
      switch try pull.next() {
      case .start(let name):
        if CamtMessage(element: name) != nil || ISOMessage(element: name) != nil {
          holdsStatements = holdsStatements || CamtMessage(element: name) != nil
          holdsPayments = holdsPayments || ISOMessage(element: name) != nil
          open[open.count - 1].children.append(XMLElement(name: name, text: "enclosed message"))
          try pull.skip()
        } else {
          open.append(XMLElement(name: name, attributes: pull.attributes()))
        }
      case .text(let text): open[open.count - 1].text += text
      case .end:
        let done = open.removeLast()
        guard !open.isEmpty else { return done }
        open[open.count - 1].children.append(done)
      case .finished: return open[0]
      }
    }
  }

  private func record(
    _ element: XMLElement, _ head: XMLElement, _ searched: [AuthoritySearch], _ path: String
  ) throws {
    try outlet.meet()
    var record = PaymentRecord(
      locator: outlet.place(path), kind: .info, recordType: "auth.002",
      status: element.value("InvstgtnRslt/InvstgtnSts") ?? head.value("RspnSts"), amounts: [])
    record.references["response"] = head.value("RspnId")
    record.references["investigation"] = head.value("InvstgtnId")
    record.references["request-type"] = element.value("AuthrtyReqTp/MsgNmId")
    record.parties = searched.flatMap(\.parties)
    record.purpose = element.value("AddtlInf")
    for search in searched { record.details.merge(search.details) { first, _ in first } }
    element.addRest(to: &record.details, except: ["AddtlInf", "AuthrtyReqTp/MsgNmId"])
    head.addRest(to: &record.details, prefix: "InfReqRspn/", except: ["RspnId", "InvstgtnId"])
    try outlet.record(record)
  }
}
