/** A county's whole dashboard: all four subgraphs, one division. */
export const dashboard = `query Dashboard($division: String!) {
  division(code: $division) {
    code name level
    organisationFigures { organisations keyOrganisations employees outputValue reportedMembers branches soloBranches jointBranches coveredOrganisations }
    peopleFigures { people members fullMembers probationaryMembers secretaries branchesWithSecretary }
    campaignFigures { nominations awards contentItems reads reposts }
    programFigures { sessionsHeld seniors volunteers donations donatedMoney donatedGoods donatedTotal }
    organisations(first: 20) {
      totalCount
      nodes { id legalName creditCode employees memberCount donationTotal branches { name secretary { name } } awards(first: 3) { totalCount nodes { title } } }
    }
    people(first: 10) { totalCount nodes { name jobTitle organisation { legalName } } }
    awards(first: 10) { totalCount nodes { title conferredOn } }
    sessions(first: 10) { totalCount nodes { venue startsAt seniors program { name } } }
    donations(first: 10) { totalCount nodes { donatedOn kind amount recipient } }
  }
}`;

/** The city's comparison table: every district with all four figures, one query. */
export const comparison = `query Comparison($division: String!) {
  divisions(parent: $division) {
    totalCount
    nodes {
      code name
      organisationFigures { organisations keyOrganisations employees branches soloBranches jointBranches }
      peopleFigures { members secretaries }
      campaignFigures { awards contentItems reads reposts }
      programFigures { sessionsHeld seniors donations donatedTotal }
    }
  }
}`;
