/// A document as a tree of cited blocks, before anyone decides how it looks.
///
/// `Dossier` fills it, `Publishing` renders it to PDF, DOCX and XLSX. Every amount in it is a
/// `Figure` and so carries its sources; plain text never holds an amount of money.
public struct Document: Hashable, Sendable, Codable {
  /// `cb-file`, `ncb-file`, `asset-schedule`.
  public var kind: String
  public var title: String
  public var subtitle: String
  public var matter: MatterCode
  /// BCP 47 tag of the language: `en-GB`.
  public var language: String
  /// The mark on each page until a named officer releases the document.
  public var watermark: String
  public var audience: String
  /// The cover's label–value lines.
  public var cover: [Field]
  public var sections: [Section]
  public var manifest: Manifest

  public struct Field: Hashable, Sendable, Codable {
    public var label: String
    public var value: [Inline]
    public init(_ label: String, _ value: [Inline]) {
      self.label = label
      self.value = value
    }
  }

  public init(
    kind: String, title: String, subtitle: String, matter: MatterCode, language: String,
    watermark: String, audience: String, cover: [Field], sections: [Section], manifest: Manifest
  ) {
    self.kind = kind
    self.title = title
    self.subtitle = subtitle
    self.matter = matter
    self.language = language
    self.watermark = watermark
    self.audience = audience
    self.cover = cover
    self.sections = sections
    self.manifest = manifest
  }
}

/// A numbered part of a document. Renderers number sections 1, 1.1, … in order.
public struct Section: Hashable, Sendable, Codable {
  /// A stable name for links, such as `candour`.
  public var anchor: String
  public var title: String
  public var blocks: [Block]
  public var subsections: [Section]

  public init(anchor: String, title: String, blocks: [Block], subsections: [Section] = []) {
    self.anchor = anchor
    self.title = title
    self.blocks = blocks
    self.subsections = subsections
  }
}

public enum Block: Hashable, Sendable, Codable {
  /// One numbered paragraph of a court document.
  case paragraph([Inline])
  case bullets([[Inline]])
  case fields([Document.Field])
  case table(Table)
  case flow(FlowChart)
  /// A framed remark: `.warning` for what limits the result, `.note` for the rest.
  case callout(Callout, [Inline])
  case pageBreak

  public enum Callout: String, Hashable, Sendable, Codable { case warning, note }
}

public enum Inline: Hashable, Sendable, Codable {
  case text(String)
  case strong(String)
  case emphasis(String)
  /// An amount; renderers set a source note beside it.
  case figure(Figure)
  /// A provision of law; unverified ones are marked.
  case citation(Citation)
  /// Where a statement that is no amount was read; set as a note.
  case sources([SourceRef])
  /// A pointer to a section by its anchor.
  case reference(String)
}

public struct Table: Hashable, Sendable, Codable {
  public enum Alignment: String, Hashable, Sendable, Codable { case left, right, centre }
  public struct Column: Hashable, Sendable, Codable {
    public var title: String
    /// Share of the width, relative to the other columns.
    public var weight: Int
    public var alignment: Alignment
    public init(_ title: String, weight: Int, _ alignment: Alignment = .left) {
      self.title = title
      self.weight = weight
      self.alignment = alignment
    }
  }
  public struct Row: Hashable, Sendable, Codable {
    public enum Style: String, Hashable, Sendable, Codable { case body, group, total }
    public var cells: [[Inline]]
    public var style: Style
    public init(_ cells: [[Inline]], style: Style = .body) {
      self.cells = cells
      self.style = style
    }
  }
  public var anchor: String
  public var caption: String
  public var columns: [Column]
  /// Each row has one cell a column; a `.group` row has one cell that spans all.
  public var rows: [Row]
  public var note: [Inline]
  /// Wide tables are set on landscape pages.
  public var isLandscape: Bool

  public init(
    anchor: String, caption: String, columns: [Column], rows: [Row], note: [Inline] = [],
    isLandscape: Bool = false
  ) {
    self.anchor = anchor
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.note = note
    self.isLandscape = isLandscape
  }
}

/// How money ran between places: nodes in layers, an arrow for each flow with its amount.
public struct FlowChart: Hashable, Sendable, Codable {
  public enum NodeKind: String, Hashable, Sendable, Codable {
    case source, account, asset, dissipated, outside, gap
  }
  public struct Node: Hashable, Sendable, Codable {
    public var id: String
    public var label: String
    public var detail: String
    public var kind: NodeKind
    public init(id: String, label: String, detail: String = "", kind: NodeKind) {
      self.id = id
      self.label = label
      self.detail = detail
      self.kind = kind
    }
  }
  public struct Edge: Hashable, Sendable, Codable {
    public var from: String
    public var to: String
    public var amount: Figure
    public var isTainted: Bool
    public init(from: String, to: String, amount: Figure, isTainted: Bool) {
      self.from = from
      self.to = to
      self.amount = amount
      self.isTainted = isTainted
    }
  }
  public var anchor: String
  public var caption: String
  public var nodes: [Node]
  public var edges: [Edge]
  public init(anchor: String, caption: String, nodes: [Node], edges: [Edge]) {
    self.anchor = anchor
    self.caption = caption
    self.nodes = nodes
    self.edges = edges
  }
}

/// What a document was made from, so that another hand can make it again.
public struct Manifest: Hashable, Sendable, Codable {
  public struct Input: Hashable, Sendable, Codable {
    public var label: String
    public var name: String
    public var sha256: ContentHash
    public var byteCount: Int64
    public var remark: String
    public init(label: String, name: String, sha256: ContentHash, byteCount: Int64, remark: String)
    {
      self.label = label
      self.name = name
      self.sha256 = sha256
      self.byteCount = byteCount
      self.remark = remark
    }
  }
  public struct Setting: Hashable, Sendable, Codable {
    public var name: String
    public var value: String
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }
  public var program: String
  public var version: String
  public var asOf: CivilDate
  public var profile: String
  public var profileVersion: String
  public var profileHash: ContentHash
  public var inputs: [Input]
  public var settings: [Setting]
  /// SHA-256 over the canonical text of all of the above: the number of the run.
  public var runHash: ContentHash

  public init(
    program: String, version: String, asOf: CivilDate, profile: String, profileVersion: String,
    profileHash: ContentHash, inputs: [Input], settings: [Setting], runHash: ContentHash
  ) {
    self.program = program
    self.version = version
    self.asOf = asOf
    self.profile = profile
    self.profileVersion = profileVersion
    self.profileHash = profileHash
    self.inputs = inputs
    self.settings = settings
    self.runHash = runHash
  }
}
