// The parts of a DOCX that hold no case: styles, settings, header, footer, relations.

import CaseModel

enum WordParts {
  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
  private static let office = "application/vnd.openxmlformats-officedocument.wordprocessingml."
  private static let relation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

  static var contentTypes: String {
    let parts = [
      ("document", "document.main"), ("footnotes", "footnotes"), ("styles", "styles"),
      ("settings", "settings"), ("header1", "header"), ("footer1", "footer"),
    ]
    return declaration
      + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
      + parts.map {
        "<Override PartName=\"/word/\($0.0).xml\" ContentType=\"\(office)\($0.1)+xml\"/>"
      }.joined()
      + "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
  }

  static var packageRelations: String {
    declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"\(relation)officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
  }

  static func documentRelations(_ pictures: [String]) -> String {
    let fixed = [
      ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
      ("rId3", "footnotes", "footnotes.xml"), ("rId4", "header", "header1.xml"),
      ("rId5", "footer", "footer1.xml"),
    ]
    let all =
      fixed + pictures.enumerated().map { ("rIdP\($0.offset + 1)", "image", "media/\($0.element)") }
    return declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + all.map { "<Relationship Id=\"\($0.0)\" Type=\"\(relation)\($0.1)\" Target=\"\($0.2)\"/>" }
      .joined()
      + "</Relationships>"
  }

  /// The day is the state of the case, never the day of printing.
  static func core(_ document: Document) -> String {
    let day = document.manifest.asOf.description + "T00:00:00Z"
    return declaration
      + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>\(xml(document.title)) \(xml(document.matter.text))</dc:title><dc:creator>\(xml(document.manifest.program))</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">\(day)</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">\(day)</dcterms:modified></cp:coreProperties>"
  }

  static let settings =
    declaration
    + "<w:settings \(namespaces)><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"

  static func header(_ layout: Layout) -> String {
    let document = layout.document
    return declaration
      + "<w:hdr \(namespaces)><w:p><w:pPr><w:pStyle w:val=\"DraftMark\"/></w:pPr><w:r><w:t>\(xml(document.watermark))</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r><w:t xml:space=\"preserve\">\(xml(document.matter.text)) · \(xml(document.title)) · \(Captions.run) \(layout.shortRun)</w:t></w:r></w:p></w:hdr>"
  }

  static func footer(_ document: Document) -> String {
    func field(_ name: String) -> String {
      "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \(name) </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    }
    return declaration
      + "<w:ftr \(namespaces)><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">\(Captions.page) </w:t></w:r>\(field("PAGE"))<w:r><w:t xml:space=\"preserve\"> \(Captions.of) </w:t></w:r>\(field("NUMPAGES"))</w:p></w:ftr>"
  }

  static func footnotes(_ notes: [String]) -> String {
    var text =
      declaration
      + "<w:footnotes \(namespaces)><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    for (place, note) in notes.enumerated() {
      text +=
        "<w:footnote w:id=\"\(place + 1)\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>\(note)</w:p></w:footnote>"
    }
    return text + "</w:footnotes>"
  }

  static func styles(_ language: String) -> String {
    func paragraph(
      _ id: String, _ name: String, based: String? = "Normal", _ paragraph: String = "",
      _ run: String = ""
    ) -> String {
      "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"\(id == "Normal" ? " w:default=\"1\"" : "")><w:name w:val=\"\(name)\"/>\(based.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "")<w:qFormat/><w:pPr>\(paragraph)</w:pPr><w:rPr>\(run)</w:rPr></w:style>"
    }
    func size(_ halfPoints: Int) -> String {
      "<w:sz w:val=\"\(halfPoints)\"/><w:szCs w:val=\"\(halfPoints)\"/>"
    }
    let fonts =
      "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/>"
    let grey = "<w:color w:val=\"5A5A5A\"/>"
    return declaration
      + "<w:styles \(namespaces)><w:docDefaults><w:rPrDefault><w:rPr>\(fonts)\(size(22))<w:lang w:val=\"\(xml(language))\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
      + paragraph("Normal", "Normal", based: nil)
      + paragraph(
        "Title", "Title", "<w:spacing w:before=\"1200\" w:after=\"120\"/>", "<w:b/>" + size(52))
      + paragraph("Subtitle", "Subtitle", "<w:spacing w:after=\"480\"/>", size(28))
      + paragraph(
        "Heading1", "heading 1",
        "<w:keepNext/><w:spacing w:before=\"480\" w:after=\"160\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/>" + size(28))
      + paragraph(
        "Heading2", "heading 2",
        "<w:keepNext/><w:spacing w:before=\"320\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/>" + size(23))
      + paragraph(
        "Heading3", "heading 3",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"100\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/>" + size(21))
      + paragraph(
        "NumberedParagraph", "Numbered Paragraph",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"567\"/></w:tabs><w:ind w:left=\"567\" w:hanging=\"567\"/>"
      )
      + paragraph(
        "BulletItem", "Bullet Item",
        "<w:tabs><w:tab w:val=\"left\" w:pos=\"794\"/></w:tabs><w:spacing w:after=\"60\"/><w:ind w:left=\"794\" w:hanging=\"227\"/>"
      )
      + paragraph(
        "Caption", "caption", "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/>", size(19))
      + paragraph(
        "TableText", "Table Text",
        "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>", size(17))
      + paragraph("TableHead", "Table Head", based: "TableText", "<w:keepNext/>", "<w:b/>")
      + paragraph(
        "TableNote", "Table Note", "<w:spacing w:before=\"60\" w:after=\"200\"/>", grey + size(16))
      + paragraph("CardLabel", "Card Label", based: "TableText", "<w:keepNext/>", grey + size(13))
      + paragraph(
        "Warning", "Warning",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"6\" w:color=\"000000\"/></w:pBdr><w:shd w:val=\"clear\" w:fill=\"EEEEEE\"/><w:ind w:left=\"200\"/>",
        size(19))
      + paragraph(
        "Remark", "Remark",
        "<w:pBdr><w:left w:val=\"single\" w:sz=\"8\" w:space=\"6\" w:color=\"8C8C8C\"/></w:pBdr><w:ind w:left=\"200\"/>",
        size(19))
      + paragraph(
        "ContentsHeading", "Contents Heading", "<w:pageBreakBefore/><w:spacing w:after=\"160\"/>",
        "<w:b/>" + size(28))
      + paragraph(
        "TOC1", "toc 1", "<w:spacing w:before=\"80\" w:after=\"20\"/>", "<w:b/>" + size(19))
      + paragraph("TOC2", "toc 2", "<w:spacing w:after=\"0\"/><w:ind w:left=\"340\"/>", size(19))
      + paragraph(
        "DraftMark", "Draft Mark", "<w:spacing w:after=\"40\"/><w:jc w:val=\"center\"/>",
        "<w:b/><w:color w:val=\"7F7F7F\"/><w:spacing w:val=\"16\"/>" + size(18))
      + paragraph(
        "Header", "header",
        "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"969696\"/></w:pBdr>",
        grey + size(16))
      + paragraph("Footer", "footer", "<w:jc w:val=\"right\"/>", grey + size(16))
      + paragraph(
        "FootnoteText", "footnote text",
        "<w:spacing w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/>", size(16))
      + "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
      + "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
      + "</w:styles>"
  }
}
