-- The word that stands about each link.
select identity, verdict
from standing_link_decision
order by identity collate "C";
