import CaseModel

/// goAML reports of suspicion, thresholds and activity, versions 2 to 5 (formats.md §5.3).
///
/// What a report claims is evidence of kind `report`, never a booked movement. Persons, accounts, bodies,
/// goods and their relations are stated entities in the space of the reporting entity. A report sent
/// again keeps its references, by which the later one takes the place of the earlier.
/// Source: UNODC goAML schema documents 4.x and 5.x and national variants.
public struct GoAML: StatementFormat {
  public init() {}
  public let name = "goaml"
  public let version = 1

  public func confidence(head: ArraySlice<UInt8>, name: String) -> Int {
    let tags = XMLHead(head)
    guard let start = tags.names.firstIndex(of: "report") else { return 0 }
    let telling: Set<String> = [
      "rentity_id", "report_code", "submission_code", "entity_reference", "currency_code_local",
    ]
    if tags.names[start...].contains(where: telling.contains) { return 95 }
    return start == 0 ? 30 : 0
  }

  public func read(
    _ file: InputFile, options: ReadingOptions, into sink: any StatementSink
  ) throws {
    let outlet = RecordOutlet(file, options: options, sink: sink)
    var reader = GoAMLReader(outlet, options: options)
    try reader.read()
  }
}
