/// Which containers are workbooks, by the parts they hold.
enum WorkbookKind {
  /// True for any office document: it is one file to whoever made it, and is never unpacked.
  static func isWorkbook(_ names: [String]) -> Bool {
    names.contains("[Content_Types].xml")
      || (names.contains("content.xml") && names.contains("META-INF/manifest.xml"))
  }

  /// True when the first member of a ZIP is one that office programs write first.
  static func opensOfficeXML(_ first: String) -> Bool {
    first == "[Content_Types].xml" || first.hasPrefix("_rels/") || first.hasPrefix("xl/")
      || first.hasPrefix("docProps/")
  }
}
